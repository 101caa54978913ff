package io.quorumark.engine.memory;

import java.util.Arrays;

/** An array of ints, all 0 at first, that grows by chunks, so that growing copies none of them. One writer at a time. */
final class IntChunks {
    private static final int CHUNK_BITS = 13;
    private static final int CHUNK_INTS = 1 << CHUNK_BITS;

    private int[][] chunks = {};

    /** Makes room for so many. */
    void reserve(long length) {
        while ((long) chunks.length << CHUNK_BITS < length) {
            int[][] more = Arrays.copyOf(chunks, chunks.length + 1);
            more[chunks.length] = new int[CHUNK_INTS];
            chunks = more;
        }
    }

    int get(long index) {
        return chunks[(int) (index >>> CHUNK_BITS)][(int) index & (CHUNK_INTS - 1)];
    }

    void set(long index, int value) {
        chunks[(int) (index >>> CHUNK_BITS)][(int) index & (CHUNK_INTS - 1)] = value;
    }

    /** What is held, in bytes. */
    long heldBytes() {
        return (long) chunks.length * CHUNK_INTS * Integer.BYTES;
    }
}
