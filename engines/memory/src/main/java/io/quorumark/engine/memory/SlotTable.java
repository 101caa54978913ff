package io.quorumark.engine.memory;

/**
 * A number for each key, its slot, found by the key's hash, with the address of the key's newest record. A table by linear hashing (Litwin,
 * VLDB 1980): it grows by one bucket with a key, never all at once. One writer at a time; readers as in {@link Segments}.
 */
final class SlotTable {
    /** No slot. */
    static final int NONE = -1;

    private static final int FIRST_BUCKETS = 16;
    private static final int NEXT = 1;
    private static final int ADDRESS = 2;
    private static final int SLOT_INTS = 4;

    /** Hash, next slot of the bucket or of the unused ones, address. */
    private final IntChunks slots = new IntChunks();
    /** The first slot of each, plus 1; 0 for none. */
    private final IntChunks buckets = new IntChunks();

    private int bucketCount = FIRST_BUCKETS;
    /** The largest power of two that is not larger than the number of buckets: those from here on were split off. */
    private int unsplit = FIRST_BUCKETS;

    private int keys;
    private int slotCount;
    private int firstUnused = NONE;

    SlotTable() {
        buckets.reserve(FIRST_BUCKETS);
    }

    /** The first slot that may have this hash; {@link #NONE} if there is none. */
    int first(int hash) {
        return buckets.get(bucketOf(hash)) - 1;
    }

    /** The slot after this one that may have the same hash; {@link #NONE} if there is none. */
    int next(int slot) {
        return slots.get(field(slot, NEXT));
    }

    int hash(int slot) {
        return slots.get(field(slot, 0));
    }

    /** Of the key's newest record; {@link Segments#NONE} if the slot is unused. */
    long address(int slot) {
        return (long) slots.get(field(slot, ADDRESS)) << Integer.SIZE
                | (slots.get(field(slot, ADDRESS + 1)) & 0xFFFF_FFFFL);
    }

    void setAddress(int slot, long address) {
        slots.set(field(slot, ADDRESS), (int) (address >>> Integer.SIZE));
        slots.set(field(slot, ADDRESS + 1), (int) address);
    }

    /** A slot for a new key; its address is to be set. */
    int add(int hash) {
        int slot = firstUnused;
        if (slot == NONE) {
            slot = slotCount++;
            slots.reserve((long) slotCount * SLOT_INTS);
        } else {
            firstUnused = next(slot);
        }
        slots.set(field(slot, 0), hash);
        link(slot);
        keys++;
        if (keys > bucketCount) {
            splitNext();
        }
        return slot;
    }

    /** Frees the slot for another key. */
    void remove(int slot) {
        int bucket = bucketOf(hash(slot));
        int at = buckets.get(bucket) - 1;
        if (at == slot) {
            buckets.set(bucket, next(slot) + 1);
        } else {
            while (next(at) != slot) {
                at = next(at);
            }
            slots.set(field(at, NEXT), next(slot));
        }
        setAddress(slot, Segments.NONE);
        slots.set(field(slot, NEXT), firstUnused);
        firstUnused = slot;
        keys--;
    }

    private void splitNext() {
        int slot = buckets.get(bucketCount - unsplit) - 1;
        buckets.set(bucketCount - unsplit, 0);
        bucketCount++;
        buckets.reserve(bucketCount);
        if (bucketCount == 2 * unsplit) {
            unsplit = bucketCount;
        }
        while (slot != NONE) {
            int next = next(slot);
            link(slot);
            slot = next;
        }
    }

    private void link(int slot) {
        int bucket = bucketOf(hash(slot));
        slots.set(field(slot, NEXT), buckets.get(bucket) - 1);
        buckets.set(bucket, slot + 1);
    }

    private int bucketOf(int hash) {
        int bucket = hash & (2 * unsplit - 1);
        return bucket < bucketCount ? bucket : bucket - unsplit;
    }

    private static long field(int slot, int which) {
        return (long) slot * SLOT_INTS + which;
    }

    int keys() {
        return keys;
    }

    /** What is held, in bytes. */
    long heldBytes() {
        return slots.heldBytes() + buckets.heldBytes();
    }
}
