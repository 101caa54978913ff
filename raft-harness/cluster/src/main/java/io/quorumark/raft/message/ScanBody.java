package io.quorumark.raft.message;

import java.nio.ByteBuffer;

/**
 * The body of a range read: consistency (1 byte), the most entries wanted (4), then the key to begin with. Entries come in the order of
 * keys; the answer may end earlier if it grows large, and then says so by being shorter than asked for: go on behind its last key.
 *
 * @param consistency the ordinal of the consistency asked for
 * @param limit how many entries at most, 1 or more
 * @param fromInclusive the smallest key wanted, empty for the first
 */
@SuppressWarnings("ArrayRecordComponent") // a message between threads and sockets: never compared
public record ScanBody(int consistency, int limit, byte[] fromInclusive) {
    private static final int HEADER_BYTES = 5;

    public byte[] encode() {
        return ByteBuffer.allocate(HEADER_BYTES + fromInclusive.length)
                .put((byte) consistency)
                .putInt(limit)
                .put(fromInclusive)
                .array();
    }

    /** @throws IllegalArgumentException the bytes are no such body */
    public static ScanBody decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER_BYTES || buffer.getInt(1) < 1) {
            throw new IllegalArgumentException("scan of " + bytes.length + " bytes is malformed");
        }
        byte[] from = new byte[bytes.length - HEADER_BYTES];
        buffer.get(HEADER_BYTES, from);
        return new ScanBody(bytes[0], buffer.getInt(1), from);
    }
}
