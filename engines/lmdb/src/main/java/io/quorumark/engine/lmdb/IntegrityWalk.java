package io.quorumark.engine.lmdb;

import io.quorumark.engine.EngineException;
import java.nio.ByteBuffer;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Txn;

/**
 * Visits every entry of every database. LMDB keeps no checksums, so this finds broken pages, keys out of order and counts that do not fit, and not a changed value; the
 * seal of a checkpoint finds that.
 */
final class IntegrityWalk {
    private IntegrityWalk() {}

    static void of(OpenEnvironment environment) {
        try (Txn<ByteBuffer> txn = environment.beginRead()) {
            for (Dbi<ByteBuffer> database : environment.databases()) {
                long expected = database.stat(txn).entries;
                long found = count(environment, txn, database);
                if (found != expected) {
                    throw damaged(environment, "a database has " + found + " entries, expected " + expected);
                }
            }
        }
    }

    private static long count(OpenEnvironment environment, Txn<ByteBuffer> txn, Dbi<ByteBuffer> database) {
        long entries = 0;
        try (Cursor<ByteBuffer> cursor = database.openCursor(txn)) {
            byte[] before = null;
            for (boolean on = cursor.first(); on; on = cursor.seek(SeekOp.MDB_NEXT)) {
                ByteBuffer key = cursor.key();
                if (before != null && Keys.compare(ByteBuffer.wrap(before), key) >= 0) {
                    throw damaged(environment, "entry " + entries + " is not in the order of keys");
                }
                before = new byte[key.remaining()];
                key.get(key.position(), before);
                touch(cursor.val());
                entries++;
            }
        }
        return entries;
    }

    /** Reads a byte of every page the value lies on. */
    private static void touch(ByteBuffer value) {
        int sum = 0;
        for (int at = value.position(); at < value.limit(); at += 1024) {
            sum += value.get(at);
        }
        // the sum is of no use; reading is
        if (sum == Integer.MIN_VALUE) {
            throw new IllegalStateException("a sum of bytes cannot be that small");
        }
    }

    private static EngineException.Corruption damaged(OpenEnvironment environment, String problem) {
        return new EngineException.Corruption(
                LmdbEngineProvider.ID,
                environment.errors().directory(),
                problem + "; restore a checkpoint or start with an empty folder",
                null);
    }
}
