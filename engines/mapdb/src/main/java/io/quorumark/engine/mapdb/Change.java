package io.quorumark.engine.mapdb;

import java.util.Iterator;
import org.mapdb.BTreeMap;

/** One change of a commit; its bytes are its own. */
abstract sealed class Change {
    private final int keyspaceOrdinal;

    private Change(int keyspaceOrdinal) {
        this.keyspaceOrdinal = keyspaceOrdinal;
    }

    int keyspaceOrdinal() {
        return keyspaceOrdinal;
    }

    /** How many bytes it adds to the store, tree nodes aside. */
    abstract long bytes();

    abstract void apply(BTreeMap<byte[], byte[]> tree);

    /** Sets a value. */
    static final class Put extends Change {
        private final byte[] key;
        private final byte[] value;

        Put(int keyspaceOrdinal, byte[] key, byte[] value) {
            super(keyspaceOrdinal);
            this.key = key;
            this.value = value;
        }

        @Override
        long bytes() {
            return (long) key.length + value.length;
        }

        @Override
        void apply(BTreeMap<byte[], byte[]> tree) {
            tree.put(key, value);
        }
    }

    /** Removes one key. */
    static final class Delete extends Change {
        private final byte[] key;

        Delete(int keyspaceOrdinal, byte[] key) {
            super(keyspaceOrdinal);
            this.key = key;
        }

        @Override
        long bytes() {
            return 0;
        }

        @Override
        void apply(BTreeMap<byte[], byte[]> tree) {
            tree.remove(key);
        }
    }

    /** Removes a range, key by key; the emptied nodes stay in the tree. */
    static final class DeleteRange extends Change {
        private final byte[] fromInclusive;
        private final byte[] toExclusive;

        DeleteRange(int keyspaceOrdinal, byte[] fromInclusive, byte[] toExclusive) {
            super(keyspaceOrdinal);
            this.fromInclusive = fromInclusive;
            this.toExclusive = toExclusive;
        }

        @Override
        long bytes() {
            return 0;
        }

        @Override
        void apply(BTreeMap<byte[], byte[]> tree) {
            Iterator<byte[]> keys = tree.keyIterator(fromInclusive, true, toExclusive, false);
            while (keys.hasNext()) {
                tree.remove(keys.next());
            }
        }
    }
}
