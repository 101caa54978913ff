package io.quorumark.engine.xodus;

import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.Transaction;

/** One change of a commit; its bytes are its own. */
sealed interface Change {
    int keyspaceOrdinal();

    void apply(Store store, Transaction transaction);

    /** Sets a value. */
    record Put(int keyspaceOrdinal, ArrayByteIterable key, ArrayByteIterable value) implements Change {
        @Override
        public void apply(Store store, Transaction transaction) {
            store.put(transaction, key, value);
        }
    }

    /** Removes one key. */
    record Delete(int keyspaceOrdinal, ArrayByteIterable key) implements Change {
        @Override
        public void apply(Store store, Transaction transaction) {
            store.delete(transaction, key);
        }
    }

    /** Removes a range; Xodus has no operation for it, so it visits every key. */
    record DeleteRange(int keyspaceOrdinal, ArrayByteIterable fromInclusive, ArrayByteIterable toExclusive)
            implements Change {
        @Override
        public void apply(Store store, Transaction transaction) {
            try (Cursor cursor = store.openCursor(transaction)) {
                ByteIterable found = cursor.getSearchKeyRange(fromInclusive);
                while (found != null && cursor.getKey().compareTo(toExclusive) < 0) {
                    cursor.deleteCurrent();
                    found = cursor.getNext() ? cursor.getValue() : null;
                }
            }
        }
    }
}
