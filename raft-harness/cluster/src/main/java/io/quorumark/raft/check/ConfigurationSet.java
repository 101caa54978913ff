package io.quorumark.raft.check;

/**
 * The configurations that a search has been in: an open-addressing table over one array of numbers, so that millions fit. For one thread.
 *
 * <p>A configuration is a tuple of longs. The first one must not be negative: -1 marks a free place.
 */
final class ConfigurationSet {
    private static final int FIRST_PLACES = 1024;
    private static final long FREE = -1;

    private final int width;
    private long[] table;
    private int places = FIRST_PLACES;
    private int size;

    /** @param width how many longs a configuration has */
    ConfigurationSet(int width) {
        this.width = width;
        this.table = freeTable(places);
    }

    private long[] freeTable(int count) {
        long[] fresh = new long[Math.multiplyExact(count, width)];
        for (int i = 0; i < fresh.length; i += width) {
            fresh[i] = FREE;
        }
        return fresh;
    }

    int size() {
        return size;
    }

    /** @return whether it was not there */
    boolean add(long[] configuration) {
        int at = placeOf(configuration, 0);
        if (table[at] != FREE) {
            return false;
        }
        System.arraycopy(configuration, 0, table, at, width);
        size++;
        if (2 * size > places) {
            grow();
        }
        return true;
    }

    private int placeOf(long[] source, int from) {
        int place = hash(source, from) & (places - 1);
        while (table[place * width] != FREE && !same(source, from, place * width)) {
            place = (place + 1) & (places - 1);
        }
        return place * width;
    }

    private boolean same(long[] source, int from, int at) {
        for (int i = 0; i < width; i++) {
            if (source[from + i] != table[at + i]) {
                return false;
            }
        }
        return true;
    }

    private int hash(long[] source, int from) {
        long hash = 0;
        for (int i = 0; i < width; i++) {
            hash = (hash ^ source[from + i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    private void grow() {
        long[] old = table;
        places *= 2;
        table = freeTable(places);
        for (int from = 0; from < old.length; from += width) {
            if (old[from] != FREE) {
                System.arraycopy(old, from, table, placeOf(old, from), width);
            }
        }
    }
}
