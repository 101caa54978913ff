package io.quorumark.raft.linearizability;

/**
 * The configurations that a search has been in: an open-addressing table of their fingerprints, so that millions fit, however long one is.
 * For one thread.
 *
 * <p>A fingerprint has 127 bits (hash compaction: P. Wolper, D. Leroy, "Reliable Hashing without Collision Detection", CAV 1993). Two of
 * four million configurations share one with a probability of less than 2^-83: then a search could miss an explanation, and call a history
 * wrong that is not.
 */
final class ConfigurationSet {
    private static final int FIRST_PLACES = 1024;
    private static final int LONGS = 2;
    private static final long FREE = -1;

    private long[] table = freeTable(FIRST_PLACES);
    private int places = FIRST_PLACES;
    private int size;

    private static long[] freeTable(int count) {
        long[] fresh = new long[Math.multiplyExact(count, LONGS)];
        for (int i = 0; i < fresh.length; i += LONGS) {
            fresh[i] = FREE;
        }
        return fresh;
    }

    int size() {
        return size;
    }

    /** @return whether it was not there */
    boolean add(long[] configuration) {
        long high = 0x243F6A8885A308D3L;
        long low = 0x13198A2E03707344L;
        for (long part : configuration) {
            high = mixedOneWay(high ^ part);
            low = mixedAnotherWay(low + part);
        }
        high &= Long.MAX_VALUE;
        int at = placeOf(high, low);
        if (table[at] != FREE) {
            return false;
        }
        table[at] = high;
        table[at + 1] = low;
        size++;
        if (2 * size > places) {
            grow();
        }
        return true;
    }

    private int placeOf(long high, long low) {
        int place = (int) low & (places - 1);
        int at = place * LONGS;
        while (table[at] != FREE && (table[at] != high || table[at + 1] != low)) {
            place = (place + 1) & (places - 1);
            at = place * LONGS;
        }
        return at;
    }

    /** The finalizer of MurmurHash3 (A. Appleby). */
    private static long mixedOneWay(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }

    /** The finalizer of SplitMix64 (D. Stafford's variant 13), after a step that keeps 0 from staying 0. */
    private static long mixedAnotherWay(long bits) {
        long mixed = bits + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private void grow() {
        long[] old = table;
        places *= 2;
        table = freeTable(places);
        for (int from = 0; from < old.length; from += LONGS) {
            if (old[from] != FREE) {
                int at = placeOf(old[from], old[from + 1]);
                table[at] = old[from];
                table[at + 1] = old[from + 1];
            }
        }
    }
}
