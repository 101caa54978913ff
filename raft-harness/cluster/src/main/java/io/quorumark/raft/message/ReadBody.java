package io.quorumark.raft.message;

/**
 * The body of a point read: one byte of consistency, then the key.
 *
 * @param consistency the ordinal of the consistency asked for
 * @param key the key; owned by this
 */
@SuppressWarnings("ArrayRecordComponent") // a message between threads and sockets: never compared
public record ReadBody(int consistency, byte[] key) {
    public byte[] encode() {
        byte[] bytes = new byte[1 + key.length];
        bytes[0] = (byte) consistency;
        System.arraycopy(key, 0, bytes, 1, key.length);
        return bytes;
    }

    /** @throws IllegalArgumentException the bytes are no such body */
    public static ReadBody decode(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("read without a body");
        }
        byte[] key = new byte[bytes.length - 1];
        System.arraycopy(bytes, 1, key, 0, key.length);
        return new ReadBody(bytes[0], key);
    }
}
