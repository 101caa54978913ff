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
    /** For the way of the answer. */
    private static final long ANSWER_MILLIS = 250;

    public ChangeBody {
        if (timeoutMillis < 0) {
            throw new IllegalArgumentException("timeoutMillis is " + timeoutMillis + ", expected 0 or more");
        }
    }

    /**
     * A change that the member ends before whoever asks it stops listening, so that what held it up is told.
     *
     * @param millis how long the answer is waited for
     */
    public static ChangeBody answeredWithin(long millis, String memberId, boolean begun) {
        return new ChangeBody(memberId, Math.max(1, millis - Math.min(millis / 4, ANSWER_MILLIS)), begun);
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
