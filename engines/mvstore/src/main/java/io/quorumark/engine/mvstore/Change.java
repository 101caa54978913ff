package io.quorumark.engine.mvstore;

import java.util.Arrays;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/** One change of a commit; its bytes are its own. */
abstract sealed class Change {
    private final int keyspaceOrdinal;

    private Change(int keyspaceOrdinal) {
        this.keyspaceOrdinal = keyspaceOrdinal;
    }

    int keyspaceOrdinal() {
        return keyspaceOrdinal;
    }

    abstract void apply(MVMap<byte[], byte[]> tree);

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
        void apply(MVMap<byte[], byte[]> tree) {
            Object unused = tree.put(key, value);
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
        void apply(MVMap<byte[], byte[]> tree) {
            Object unused = tree.remove(key);
        }
    }

    /** Removes a range, key by key. */
    static final class DeleteRange extends Change {
        private final byte[] fromInclusive;
        private final byte[] toExclusive;

        DeleteRange(int keyspaceOrdinal, byte[] fromInclusive, byte[] toExclusive) {
            super(keyspaceOrdinal);
            this.fromInclusive = fromInclusive;
            this.toExclusive = toExclusive;
        }

        @Override
        void apply(MVMap<byte[], byte[]> tree) {
            Cursor<byte[], byte[]> keys = tree.cursor(fromInclusive, null, false);
            while (keys.hasNext()) {
                byte[] key = keys.next();
                if (Arrays.compareUnsigned(key, toExclusive) >= 0) {
                    return;
                }
                Object unused = tree.remove(key);
            }
        }
    }
}
