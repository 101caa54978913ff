package io.quorumark.engine.lmdb;

import java.nio.ByteBuffer;

/**
 * What LMDB keeps of a tree ({@code MDB_db}).
 *
 * @param levels 0 if it is empty
 * @param overflowPages those that values larger than a page take
 * @param page where it begins
 */
record TreeRoot(int levels, long branchPages, long leafPages, long overflowPages, long entries, long page) {
    static final int BYTES = 48;

    static TreeRoot readFrom(ByteBuffer buffer, int at) {
        return new TreeRoot(
                Short.toUnsignedInt(buffer.getShort(at + 6)),
                buffer.getLong(at + 8),
                buffer.getLong(at + 16),
                buffer.getLong(at + 24),
                buffer.getLong(at + 32),
                buffer.getLong(at + 40));
    }

    boolean isEmpty() {
        return levels == 0;
    }
}
