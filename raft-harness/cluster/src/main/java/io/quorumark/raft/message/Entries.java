package io.quorumark.raft.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Keys and values as the body of a response: for each the key's length (2 bytes), the key, the value's length (4 bytes), the value. */
public final class Entries {
    private static final int HEADER_BYTES = 6;

    private Entries() {}

    /** One entry; its arrays belong to it. */
    @SuppressWarnings("ArrayRecordComponent") // a message between threads and sockets: never compared
    public record Entry(byte[] key, byte[] value) {
        public int encodedBytes() {
            return HEADER_BYTES + key.length + value.length;
        }
    }

    public static byte[] encode(List<Entry> entries) {
        ByteBuffer bytes = ByteBuffer.allocate(
                entries.stream().mapToInt(Entry::encodedBytes).sum());
        for (Entry entry : entries) {
            bytes.putShort((short) entry.key.length)
                    .put(entry.key)
                    .putInt(entry.value.length)
                    .put(entry.value);
        }
        return bytes.array();
    }

    /** @throws java.nio.BufferUnderflowException the bytes are no entries */
    public static List<Entry> decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        List<Entry> entries = new ArrayList<>();
        while (buffer.hasRemaining()) {
            byte[] key = new byte[buffer.getShort() & 0xffff];
            buffer.get(key);
            byte[] value = new byte[buffer.getInt()];
            buffer.get(value);
            entries.add(new Entry(key, value));
        }
        return entries;
    }
}
