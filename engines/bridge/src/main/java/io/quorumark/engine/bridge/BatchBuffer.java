package io.quorumark.engine.bridge;

import java.nio.ByteBuffer;

/** Changes in the form that {@code qm_write} takes. For one thread at a time. */
final class BatchBuffer {
    static final byte PUT = 0;
    static final byte DELETE = 1;
    static final byte DELETE_RANGE = 2;

    private static final int HEADER_BYTES = 12;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final DirectMemory memory;
    private int length;

    BatchBuffer(int capacity) {
        memory = new DirectMemory(capacity);
    }

    void put(int keyspace, ByteBuffer key, ByteBuffer value) {
        add(PUT, keyspace, key, value);
    }

    void delete(int keyspace, ByteBuffer key) {
        add(DELETE, keyspace, key, NOTHING);
    }

    void deleteRange(int keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
        add(DELETE_RANGE, keyspace, fromInclusive, toExclusive);
    }

    private void add(byte kind, int keyspace, ByteBuffer key, ByteBuffer value) {
        int keyLength = key.remaining();
        int valueLength = value.remaining();
        memory.growKeeping(length, (long) length + HEADER_BYTES + keyLength + valueLength);
        ByteBuffer bytes = memory.bytes();
        bytes.put(length, kind).put(length + 1, (byte) keyspace).putShort(length + 2, (short) 0);
        bytes.putInt(length + 4, keyLength).putInt(length + 8, valueLength);
        int keyAt = length + HEADER_BYTES;
        bytes.put(keyAt, key, key.position(), keyLength);
        bytes.put(keyAt + keyLength, value, value.position(), valueLength);
        length = keyAt + keyLength + valueLength;
    }

    long address() {
        return memory.address();
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }
}
