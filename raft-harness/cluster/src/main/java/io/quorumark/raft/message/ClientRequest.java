package io.quorumark.raft.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One request to a member.
 *
 * @param groupId the group that is meant; a member of another one refuses
 * @param body as {@code kind} asks; owned by the request
 */
@SuppressWarnings("ArrayRecordComponent") // a message between threads and sockets: never compared
public record ClientRequest(Kind kind, String groupId, byte[] body) {
    /** What is asked for. */
    public enum Kind {
        /** Body: a command. Only a leader takes it. */
        WRITE(0),
        /** Body: {@link ReadBody}. Any member answers. */
        GET(1),
        /** Body: {@link ScanBody}. Any member answers. */
        SCAN(2),
        /** No body. Any member answers with {@link MemberStatus}. */
        STATUS(3),
        /** No body. Any member answers with the digest of its content. */
        DIGEST(4),
        /** No body. Any member takes a snapshot and answers with the last index in it. */
        SNAPSHOT(5),
        /** Body: a member's id. Only a leader takes these. */
        ADD_VOTER(6),
        ADD_LEARNER(7),
        REMOVE(8),
        TRANSFER(9),
        /** No body. Any member answers with {@link MemberFigures}. */
        FIGURES(10),
        /** No body. Any member answers with {@link io.quorumark.raft.stage.StageTimes}, and forgets them. */
        WRITE_STAGES(11);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        private static Kind of(byte code) {
            for (Kind one : VALUES) {
                if (one.code == code) {
                    return one;
                }
            }
            throw new IllegalArgumentException("code is " + code + ", expected 0 to " + (VALUES.length - 1));
        }

        private static final Kind[] VALUES = values();
    }

    byte[] encode() {
        byte[] group = groupId.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(2 + group.length + body.length)
                .put(kind.code)
                .put((byte) group.length)
                .put(group)
                .put(body)
                .array();
    }

    /** @throws IllegalArgumentException the bytes are no request */
    static ClientRequest decode(byte[] bytes) {
        if (bytes.length < 2 || bytes.length < 2 + (bytes[1] & 0xff)) {
            throw new IllegalArgumentException("request of " + bytes.length + " bytes is malformed");
        }
        int groupBytes = bytes[1] & 0xff;
        byte[] body = new byte[bytes.length - 2 - groupBytes];
        System.arraycopy(bytes, 2 + groupBytes, body, 0, body.length);
        return new ClientRequest(Kind.of(bytes[0]), new String(bytes, 2, groupBytes, StandardCharsets.US_ASCII), body);
    }
}
