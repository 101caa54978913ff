package io.quorumark.raft.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One request to a member.
 *
 * @param version of the messages that the sender speaks; if it is not {@link #VERSION}, nothing else is known of the request
 * @param groupId the group that is meant; a member of another one refuses
 * @param body as {@code kind} asks; owned by the request
 * @param code shows that the sender knows the group's password ({@link MessageKey}); empty if it shows none
 */
@SuppressWarnings("ArrayRecordComponent") // a message between threads and sockets: never compared
public record ClientRequest(int version, Kind kind, String groupId, byte[] body, byte[] code) {
    /** Of requests and what answers them: another one if any of them changes. The refusal of another version is understood by all. */
    public static final int VERSION = 4;

    private static final int HEADER_BYTES = 3;
    private static final byte[] NO_CODE = {};

    /** A request of this version that shows no password. */
    public ClientRequest(Kind kind, String groupId, byte[] body) {
        this(VERSION, kind, groupId, body, NO_CODE);
    }

    /**
     * A request of this version.
     *
     * @param key of the group's password; null if it has none
     */
    public static ClientRequest of(Kind kind, String groupId, byte[] body, @Nullable MessageKey key) {
        ClientRequest plain = new ClientRequest(kind, groupId, body);
        return key == null ? plain : new ClientRequest(VERSION, kind, groupId, body, key.code(plain));
    }

    public boolean showsPassword() {
        return code.length > 0;
    }

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
        /** Body: {@link ChangeBody}. Any member of the group takes these, and answers with who belongs to it then. */
        ADD_VOTER(6),
        ADD_LEARNER(7),
        REMOVE(8),
        TRANSFER(9),
        /** No body. Any member answers with {@link MemberFigures}. */
        FIGURES(10),
        /** No body. Any member answers with {@link io.quorumark.raft.timing.StageTimes}, and forgets them. */
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

    /** This as a message. */
    public byte[] encode() {
        byte[] head = head();
        return ByteBuffer.allocate(head.length + 1 + code.length + body.length)
                .put(head)
                .put((byte) code.length)
                .put(code)
                .put(body)
                .array();
    }

    /** What stands before code and body. */
    byte[] head() {
        byte[] group = groupId.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(HEADER_BYTES + group.length)
                .put((byte) version)
                .put(kind.code)
                .put((byte) group.length)
                .put(group)
                .array();
    }

    /** @throws IllegalArgumentException the bytes are no request */
    public static ClientRequest decode(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] != VERSION) {
            return new ClientRequest(bytes[0], Kind.STATUS, "", new byte[0], NO_CODE);
        }
        int codeAt = bytes.length < HEADER_BYTES ? Integer.MAX_VALUE : HEADER_BYTES + (bytes[2] & 0xff) + 1;
        if (bytes.length < codeAt || !isCodeLength(bytes[codeAt - 1]) || bytes.length < codeAt + bytes[codeAt - 1]) {
            throw new IllegalArgumentException("request of " + bytes.length + " bytes is malformed");
        }
        int bodyAt = codeAt + bytes[codeAt - 1];
        return new ClientRequest(
                VERSION,
                Kind.of(bytes[1]),
                new String(bytes, HEADER_BYTES, codeAt - 1 - HEADER_BYTES, StandardCharsets.US_ASCII),
                Arrays.copyOfRange(bytes, bodyAt, bytes.length),
                Arrays.copyOfRange(bytes, codeAt, bodyAt));
    }

    private static boolean isCodeLength(byte length) {
        return length == 0 || length == MessageKey.CODE_BYTES;
    }
}
