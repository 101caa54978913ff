package io.quorumark.engine.memory;

import java.nio.ByteBuffer;

/** A copy of a key or a value, in memory that is used again. For one thread at a time. */
final class CopiedBytes {
    private static final int INITIAL_BYTES = 64;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private int length;

    void set(byte[] source, int from, int newLength) {
        if (newLength > bytes.length) {
            bytes = new byte[Math.max(newLength, 2 * bytes.length)];
            buffer = ByteBuffer.wrap(bytes);
        }
        System.arraycopy(source, from, bytes, 0, newLength);
        length = newLength;
        buffer.clear().limit(newLength);
    }

    /** What was copied begins it. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** What was copied; the same buffer until more must be copied than it holds. */
    ByteBuffer buffer() {
        return buffer;
    }
}
