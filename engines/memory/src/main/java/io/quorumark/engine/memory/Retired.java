package io.quorumark.engine.memory;

import java.util.ArrayDeque;

/** Slots with something that a commit has hidden from all readers but older ones, in the order of those commits. Writer only. */
final class Retired {
    private static final int CHUNK_LONGS = 1 << 10;

    /** A sequence, a slot, and so on. */
    private final ArrayDeque<long[]> chunks = new ArrayDeque<>();
    /** Where the next one is taken from the first chunk, and added to the last. */
    private int takenTo;

    private int addedTo = CHUNK_LONGS;

    void add(long sequence, int slot) {
        if (addedTo == CHUNK_LONGS) {
            chunks.add(new long[CHUNK_LONGS]);
            addedTo = 0;
        }
        long[] last = chunks.getLast();
        last[addedTo++] = sequence;
        last[addedTo++] = slot;
    }

    /** Whether the first one's sequence is not larger than this. */
    boolean isDue(long sequence) {
        return !chunks.isEmpty() && chunks.getFirst()[takenTo] <= sequence;
    }

    /** Removes the first one; answers its slot. */
    int take() {
        int slot = (int) chunks.getFirst()[takenTo + 1];
        takenTo += 2;
        boolean only = chunks.size() == 1;
        if (takenTo == CHUNK_LONGS) {
            chunks.removeFirst();
            takenTo = 0;
        } else if (only && takenTo == addedTo) {
            chunks.clear();
            takenTo = 0;
            addedTo = CHUNK_LONGS;
        }
        return slot;
    }
}
