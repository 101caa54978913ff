package io.quorumark.engine.mapdb;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapdb.BTreeMap;

/**
 * Consecutive entries read at one go, for a cursor to walk.
 *
 * <p>Small at first and larger with every refill, because a seek is often for one entry while a long walk should not descend the tree for
 * every few. Limited in bytes too, so that large values do not gather on the heap.
 */
final class EntryChunk {
    private static final int FIRST_ENTRIES = 4;
    private static final int MAX_ENTRIES = 1024;
    private static final int MAX_BYTES = 64 << 10;

    private byte[][] keys = new byte[FIRST_ENTRIES][];
    private byte[][] values = new byte[FIRST_ENTRIES][];
    private boolean ascending = true;
    private int wantedEntries = FIRST_ENTRIES;
    private int entries;

    /** Where a chunk begins. */
    static final class Start {
        private final byte @Nullable [] key;
        private final boolean inclusive;
        private final boolean ascending;

        /**
         * @param key the bound; null for the end of the tree where the walk begins
         * @param inclusive whether an entry at the bound belongs to it
         * @param ascending the direction of the walk
         */
        Start(byte @Nullable [] key, boolean inclusive, boolean ascending) {
            this.key = key;
            this.inclusive = inclusive;
            this.ascending = ascending;
        }
    }

    /** To be called before a walk from a new place. */
    void restart() {
        wantedEntries = FIRST_ENTRIES;
    }

    void fill(BTreeMap<byte[], byte[]> tree, Start start) {
        Iterator<Map.Entry<byte[], byte[]>> walk = iterator(tree, start);
        ascending = start.ascending;
        if (keys.length < wantedEntries) {
            keys = new byte[wantedEntries][];
            values = new byte[wantedEntries][];
        }
        entries = 0;
        long bytes = 0;
        while (entries < wantedEntries && bytes < MAX_BYTES && walk.hasNext()) {
            Map.Entry<byte[], byte[]> entry = walk.next();
            keys[entries] = entry.getKey();
            values[entries] = entry.getValue();
            bytes += keys[entries].length + values[entries].length;
            entries++;
        }
    }

    /** To be called after a walk has used a chunk up. */
    void growNext() {
        wantedEntries = Math.min(MAX_ENTRIES, 4 * wantedEntries);
    }

    boolean isEmpty() {
        return entries == 0;
    }

    /** The index of the neighbour in key order, or -1 if it is not in this chunk. */
    int neighbour(int index, boolean larger) {
        int next = larger == ascending ? index + 1 : index - 1;
        return next < entries ? next : -1;
    }

    byte[] key(int index) {
        return keys[index];
    }

    byte[] value(int index) {
        return values[index];
    }

    private static Iterator<Map.Entry<byte[], byte[]>> iterator(BTreeMap<byte[], byte[]> tree, Start start) {
        byte[] key = start.key;
        if (start.ascending) {
            return key == null ? tree.entryIterator() : tree.entryIterator(key, start.inclusive, null, false);
        }
        return key == null
                ? tree.descendingEntryIterator()
                : tree.descendingEntryIterator(null, false, key, start.inclusive);
    }
}
