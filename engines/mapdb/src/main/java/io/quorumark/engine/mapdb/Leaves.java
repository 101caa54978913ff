package io.quorumark.engine.mapdb;

import java.util.Iterator;
import java.util.Map;
import java.util.function.IntFunction;
import org.mapdb.BTreeMap;

/**
 * How long the leaves of trees may be. Leaves are not to be seen from outside MapDB: a leaf is taken for as full as it can be, with entries
 * like the one that is asked for.
 */
final class Leaves {
    /** A leaf's own head, the allocator's rounding, and its notes of what became free. */
    private static final int HEAD_BYTES = 64;
    /** A reference to a value that is a record of its own, and lengths. */
    private static final int ENTRY_BYTES = 12;

    private final IntFunction<BTreeMap<byte[], byte[]>> trees;
    private final MapDbSettings settings;

    Leaves(IntFunction<BTreeMap<byte[], byte[]>> trees, MapDbSettings settings) {
        this.trees = trees;
        this.settings = settings;
    }

    /** What is written when one key is removed; nothing if it is not there. */
    long mostBytesWithout(int tree, byte[] key) {
        byte[] value = settings.valuesOutsideNodes() ? null : trees.apply(tree).get(key);
        return mostBytes(key.length, value == null ? 0 : value.length);
    }

    /** What is written when all keys of a range are removed, one after the other. */
    long mostBytesWithoutAll(int tree, byte[] from, byte[] to) {
        long bytes = 0;
        if (settings.valuesOutsideNodes()) {
            Iterator<byte[]> keys = trees.apply(tree).keyIterator(from, true, to, false);
            while (keys.hasNext()) {
                bytes += mostBytes(keys.next().length, 0);
            }
        } else {
            Iterator<Map.Entry<byte[], byte[]>> entries = trees.apply(tree).entryIterator(from, true, to, false);
            while (entries.hasNext()) {
                Map.Entry<byte[], byte[]> entry = entries.next();
                bytes += mostBytes(entry.getKey().length, entry.getValue().length);
            }
        }
        return bytes;
    }

    private long mostBytes(int keyBytes, int inlineBytes) {
        return HEAD_BYTES + (long) settings.maxNodeSize() * (keyBytes + inlineBytes + ENTRY_BYTES);
    }
}
