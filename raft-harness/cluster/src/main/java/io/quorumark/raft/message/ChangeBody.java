package io.quorumark.raft.message;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What goes with a request to change a group's members.
 *
 * @param memberId whom it is about
 * @param timeoutMillis how long the group may take to agree; 0 for as long as the member that is asked finds right
 * @param begun whether the change may have been done already, at least in part
 */
public record ChangeBody(String memberId, long timeoutMillis, boolean begun) {
    public ChangeBody {
        if (timeoutMillis < 0) {
            throw new IllegalArgumentException("timeoutMillis is " + timeoutMillis + ", expected 0 or more");
        }
    }

    public byte[] encode() {
        return (memberId + " " + timeoutMillis + " " + begun).getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException the bytes are no such body */
    public static ChangeBody decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String[] parts = text.split(" ", -1);
        try {
            if (parts.length == 3) {
                return new ChangeBody(parts[0], Long.parseLong(parts[1]), Boolean.parseBoolean(parts[2]));
            }
        } catch (NumberFormatException e) {
            throw malformed(text, e);
        }
        throw malformed(text, null);
    }

    private static IllegalArgumentException malformed(String text, @Nullable Exception cause) {
        return new IllegalArgumentException("change is '" + text + "', expected an id, milliseconds and a flag", cause);
    }
}
