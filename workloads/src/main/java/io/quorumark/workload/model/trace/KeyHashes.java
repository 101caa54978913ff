package io.quorumark.workload.model.trace;

import io.quorumark.workload.digest.WordHash;

/**
 * A set of keys by 64 bits of their hash, open-addressed in one array: 16 to 32 bytes for each key expected. Two keys that share all 64
 * bits count as one.
 */
final class KeyHashes {
    private final long[] slots;
    private final int mask;

    /** @param expected how many keys at the most, up to 100,000,000 */
    KeyHashes(long expected) {
        int capacity = Integer.highestOneBit((int) Math.max(8, expected)) << 1;
        // Half full or less, so that probing stays short.
        slots = new long[expected > capacity / 2 ? capacity << 1 : capacity];
        mask = slots.length - 1;
    }

    /** Adds a key; false if it is there already. */
    boolean add(byte[] key, int length) {
        WordHash hash = new WordHash();
        hash.addBytes(key, 0, length);
        long bits = hash.low() == 0 ? 1 : hash.low();
        int slot = (int) (hash.high() & mask);
        while (slots[slot] != 0) {
            if (slots[slot] == bits) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = bits;
        return true;
    }
}
