package io.quorumark.engine.xodus;

import io.quorumark.engine.support.HeapBatch.Change;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.Transaction;

/** Puts changes into a transaction. */
final class Changes {
    private Changes() {}

    static void apply(Change change, Store store, Transaction transaction) {
        ArrayByteIterable first = new ArrayByteIterable(change.first());
        ArrayByteIterable second = new ArrayByteIterable(change.second());
        switch (change.kind()) {
            case PUT -> store.put(transaction, first, second);
            case DELETE -> store.delete(transaction, first);
            case DELETE_RANGE -> deleteRange(store, transaction, first, second);
        }
    }

    /** Xodus has no operation for it, so this visits every key. */
    private static void deleteRange(
            Store store, Transaction transaction, ArrayByteIterable fromInclusive, ArrayByteIterable toExclusive) {
        try (Cursor cursor = store.openCursor(transaction)) {
            ByteIterable found = cursor.getSearchKeyRange(fromInclusive);
            while (found != null && cursor.getKey().compareTo(toExclusive) < 0) {
                cursor.deleteCurrent();
                found = cursor.getNext() ? cursor.getValue() : null;
            }
        }
    }
}
