package io.quorumark.engine.memory;

import java.util.Arrays;

/**
 * Slots in the order of their keys: a list of blocks, each an array of up to 1,024 slots. A tree of two levels, as it were, whose root
 * grows without end: a block is added or taken out only with some hundred slots, so that moving the list's rest costs a slot next to
 * nothing. For one thread at a time.
 *
 * <p>A position is where a slot stands, until a slot is added or removed; {@link #changes} counts how often that was.
 */
final class SortedSlots {
    /** No position: before the first and after the last. */
    static final long NONE = -1;

    private static final int BLOCK_SLOTS = 1 << 10;
    /** Neighbours that have no more than this together become one. */
    private static final int MERGED_SLOTS = BLOCK_SLOTS / 2;
    /** Stands beyond the last block. */
    private static final int[] NOTHING = {};

    private final Keys keys;
    private int[][] blocks = new int[4][];
    private int[] sizes = new int[blocks.length];
    private int blockCount;
    private long changes;

    SortedSlots(Keys keys) {
        this.keys = keys;
    }

    /** What slots are sorted by. */
    @FunctionalInterface
    interface Keys {
        /** Negative, 0 or positive as the key comes before, at or after that of the slot. */
        int compare(KeyProbe key, int slot);
    }

    long first() {
        return blockCount == 0 ? NONE : position(0, 0);
    }

    long last() {
        return blockCount == 0 ? NONE : position(blockCount - 1, sizes[blockCount - 1] - 1);
    }

    /** Of the smallest key that is not smaller than this one. */
    long ceiling(KeyProbe key) {
        if (blockCount == 0) {
            return NONE;
        }
        int block = blockOf(key);
        return settled(block, indexIn(block, key));
    }

    /** Of the largest key that is not larger than this one. */
    long floor(KeyProbe key) {
        long ceiling = ceiling(key);
        return isAt(ceiling, key) ? ceiling : before(ceiling);
    }

    /** Of the smallest key that is larger than this one. */
    long higher(KeyProbe key) {
        long ceiling = ceiling(key);
        return isAt(ceiling, key) ? after(ceiling) : ceiling;
    }

    /** Of the largest key that is smaller than this one. */
    long lower(KeyProbe key) {
        return before(ceiling(key));
    }

    private boolean isAt(long position, KeyProbe key) {
        return position != NONE && keys.compare(key, slot(position)) == 0;
    }

    /** The next position. */
    long after(long position) {
        return settled(block(position), index(position) + 1);
    }

    /** The position before; that of the last slot before {@link #NONE}. */
    long before(long position) {
        if (position == NONE) {
            return last();
        }
        int block = block(position);
        int index = index(position);
        if (index > 0) {
            return position(block, index - 1);
        }
        return block == 0 ? NONE : position(block - 1, sizes[block - 1] - 1);
    }

    int slot(long position) {
        return blocks[block(position)][index(position)];
    }

    /** Adds a slot whose key is not there yet. */
    void add(KeyProbe key, int slot) {
        changes++;
        if (blockCount == 0) {
            insertBlock(0);
        }
        int block = blockCount - 1;
        int index = sizes[block];
        if (index > 0 && keys.compare(key, blocks[block][index - 1]) < 0) {
            block = blockOf(key);
            index = indexIn(block, key);
        }
        if (sizes[block] == BLOCK_SLOTS) {
            int kept = index == BLOCK_SLOTS ? BLOCK_SLOTS : BLOCK_SLOTS / 2;
            split(block, kept);
            if (index >= kept) {
                block++;
                index -= kept;
            }
        }
        int[] slots = blocks[block];
        System.arraycopy(slots, index, slots, index + 1, sizes[block] - index);
        slots[index] = slot;
        sizes[block]++;
    }

    /** Moves what stands behind the first {@code kept} slots to a new block; nothing, where a log goes on at its end. */
    private void split(int block, int kept) {
        insertBlock(block + 1);
        sizes[block + 1] = sizes[block] - kept;
        System.arraycopy(blocks[block], kept, blocks[block + 1], 0, sizes[block + 1]);
        sizes[block] = kept;
    }

    /** Takes a slot out; answers the position of the one behind it. */
    long remove(long position) {
        changes++;
        int block = block(position);
        int index = index(position);
        int[] slots = blocks[block];
        sizes[block]--;
        System.arraycopy(slots, index + 1, slots, index, sizes[block] - index);
        if (sizes[block] == 0) {
            removeBlock(block);
        } else if (mergesWithNext(block)) {
            mergeWithNext(block);
        } else if (block > 0 && mergesWithNext(block - 1)) {
            block--;
            index += sizes[block];
            mergeWithNext(block);
        }
        return settled(block, index);
    }

    private boolean mergesWithNext(int block) {
        return block + 1 < blockCount && sizes[block] + sizes[block + 1] <= MERGED_SLOTS;
    }

    private void mergeWithNext(int block) {
        System.arraycopy(blocks[block + 1], 0, blocks[block], sizes[block], sizes[block + 1]);
        sizes[block] += sizes[block + 1];
        removeBlock(block + 1);
    }

    private void insertBlock(int at) {
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * blockCount);
            sizes = Arrays.copyOf(sizes, 2 * blockCount);
        }
        System.arraycopy(blocks, at, blocks, at + 1, blockCount - at);
        System.arraycopy(sizes, at, sizes, at + 1, blockCount - at);
        blocks[at] = new int[BLOCK_SLOTS];
        sizes[at] = 0;
        blockCount++;
    }

    private void removeBlock(int at) {
        blockCount--;
        System.arraycopy(blocks, at + 1, blocks, at, blockCount - at);
        System.arraycopy(sizes, at + 1, sizes, at, blockCount - at);
        blocks[blockCount] = NOTHING;
    }

    /** The last block that begins at or before the key; the first if there is none. */
    private int blockOf(KeyProbe key) {
        int from = 0;
        int to = blockCount - 1;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            if (keys.compare(key, blocks[middle][0]) < 0) {
                to = middle - 1;
            } else {
                from = middle;
            }
        }
        return from;
    }

    /** How many slots of the block come before the key. */
    private int indexIn(int block, KeyProbe key) {
        int[] slots = blocks[block];
        int from = 0;
        int to = sizes[block];
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (keys.compare(key, slots[middle]) > 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** The position, where an index behind a block's last slot means the next block's first one. */
    private long settled(int block, int index) {
        if (block < blockCount && index == sizes[block]) {
            return settled(block + 1, 0);
        }
        return block < blockCount ? position(block, index) : NONE;
    }

    private static long position(int block, int index) {
        return (long) block << Integer.SIZE | index;
    }

    private static int block(long position) {
        return (int) (position >>> Integer.SIZE);
    }

    private static int index(long position) {
        return (int) position;
    }

    /** How often slots were added or removed. */
    long changes() {
        return changes;
    }

    /** What is held, in bytes. */
    long heldBytes() {
        return (long) blockCount * BLOCK_SLOTS * Integer.BYTES;
    }
}
