package io.quorumark.raft.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A member's answer.
 *
 * @param body what was asked for if the outcome is {@link Outcome#OK}; the leader's id, or nothing, if it is {@link Outcome#NOT_LEADER};
 * else one line for people
 */
@SuppressWarnings("ArrayRecordComponent") // a message between threads and sockets: never compared
public record ClientResponse(Outcome outcome, byte[] body) {
    /** How it ended. The failures are those of an operation; see {@code RaftFailure}. */
    public enum Outcome {
        OK(0),
        /** This member does not lead and has not taken the request. */
        NOT_LEADER(1),
        BUSY(2),
        NO_LEADER(3),
        UNKNOWN_OUTCOME(4),
        UNAVAILABLE(5),
        TIMEOUT(6),
        /** The request is malformed, for another group, or not possible. */
        REFUSED(7);

        private final byte code;

        Outcome(int code) {
            this.code = (byte) code;
        }

        private static Outcome of(byte code) {
            for (Outcome one : VALUES) {
                if (one.code == code) {
                    return one;
                }
            }
            throw new IllegalArgumentException("code is " + code + ", expected 0 to " + (VALUES.length - 1));
        }

        private static final Outcome[] VALUES = values();
    }

    public static ClientResponse of(Outcome outcome, String text) {
        return new ClientResponse(outcome, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** This as a message. */
    public byte[] encode() {
        return ByteBuffer.allocate(1 + body.length).put(outcome.code).put(body).array();
    }

    /** @throws IllegalArgumentException the bytes are no response */
    public static ClientResponse decode(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("response of " + bytes.length + " bytes is malformed");
        }
        byte[] body = new byte[bytes.length - 1];
        System.arraycopy(bytes, 1, body, 0, body.length);
        return new ClientResponse(Outcome.of(bytes[0]), body);
    }
}
