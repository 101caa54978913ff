package io.quorumark.engine.xodus;

import io.quorumark.engine.EngineException;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.Transaction;

/**
 * Visits every entry of every store at one moment. Xodus checks the pages that it reads from the device; entries are counted against what
 * each store knows.
 */
final class XodusWalk {
    private final EnvironmentImpl environment;
    private final XodusErrors errors;

    XodusWalk(EnvironmentImpl environment, XodusErrors errors) {
        this.environment = environment;
        this.errors = errors;
    }

    void over(Store... stores) {
        Transaction transaction = environment.beginReadonlyTransaction();
        try {
            for (Store store : stores) {
                long expected = store.count(transaction);
                long found = count(store, transaction);
                if (found != expected) {
                    throw new EngineException.Corruption(
                            XodusEngineProvider.ID,
                            errors.directory(),
                            "store '" + store.getName() + "' has " + found + " entries, expected " + expected
                                    + "; restore a checkpoint or start with an empty folder",
                            null);
                }
            }
        } finally {
            transaction.abort();
        }
    }

    private static long count(Store store, Transaction transaction) {
        long entries = 0;
        try (Cursor cursor = store.openCursor(transaction)) {
            while (cursor.getNext()) {
                Bytes.visit(cursor.getKey());
                Bytes.visit(cursor.getValue());
                entries++;
            }
        }
        return entries;
    }
}
