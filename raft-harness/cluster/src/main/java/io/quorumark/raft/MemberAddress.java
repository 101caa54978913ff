package io.quorumark.raft;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A member's id, {@code host:port}, in its parts. The Raft library stores ids as text in the log: what it could not read again would end
 * every later start of the group.
 *
 * @param host a name or an IPv4 address, or an IPv6 address in brackets
 * @param port 1 to 65,534
 */
public record MemberAddress(String host, int port) {
    /** Completes "expected …". */
    public static final String EXPECTED =
            "host:port with a host of letters, digits, '.', '-' and '_' (an IPv6 address in brackets, [::1]:7001)"
                    + " and a port from 1 to 65534";

    private static final int MAX_PORT = 65534;
    private static final Pattern ID =
            Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:]+]):(?<port>[1-9][0-9]{0,4})");

    /** @throws IllegalArgumentException it is no id */
    public static MemberAddress of(String id) {
        Matcher parts = ID.matcher(id);
        if (parts.matches()) {
            String host = parts.group("host");
            int port = Integer.parseInt(parts.group("port"));
            if (port <= MAX_PORT && (host.charAt(0) != '[' || AddressLiteral.of(host) != null)) {
                return new MemberAddress(host, port);
            }
        }
        throw new IllegalArgumentException("member id is '" + id.replaceAll("\\R", " ") + "', expected " + EXPECTED);
    }

    /** Whether {@link #of} takes it. */
    public static boolean isId(String text) {
        try {
            check(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @throws IllegalArgumentException it is no id */
    static void check(String id) {
        MemberAddress unused = of(id);
    }
}
