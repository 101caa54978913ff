package io.quorumark.raft;

import org.jspecify.annotations.Nullable;

/**
 * A member's id, {@code host:port}, in its parts.
 *
 * @param port 1 to 65,534
 */
public record MemberAddress(String host, int port) {
    private static final int MAX_PORT = 65534;

    /** @throws IllegalArgumentException it is no id */
    public static MemberAddress of(String id) {
        int colon = id.lastIndexOf(':');
        try {
            int port = Integer.parseInt(id.substring(colon + 1));
            if (colon > 0 && port >= 1 && port <= MAX_PORT && id.indexOf(',') < 0) {
                return new MemberAddress(id.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            throw invalid(id, e);
        }
        throw invalid(id, null);
    }

    /** @throws IllegalArgumentException it is no id */
    static void check(String id) {
        MemberAddress unused = of(id);
    }

    private static IllegalArgumentException invalid(String id, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "member id is '" + id + "', expected host:port with a port from 1 to " + MAX_PORT, cause);
    }
}
