package io.quorumark.engine.lmdb;

import io.quorumark.engine.EngineException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.LmdbException;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Txn;

/**
 * Visits every entry of every database in one read transaction: every page of the trees is there, keys ascend, each key is found again from the root, and there are as
 * many entries as the root says. LMDB keeps no checksums, so a changed byte inside a value goes unseen here (the seal of a checkpoint finds it), and LMDB trusts what it
 * reads: damage to a page's own bookkeeping may end the process instead of being reported.
 */
final class IntegrityWalk {
    private final OpenEnvironment environment;

    /** The key before the current one, whose buffer LMDB's cursor changes as it moves. */
    private final ByteBuffer previous = ByteBuffer.allocate(LmdbEngineProvider.LIMITS.maxKeyBytes());

    private final ByteBuffer sought = ByteBuffer.allocateDirect(LmdbEngineProvider.LIMITS.maxKeyBytes());

    private IntegrityWalk(OpenEnvironment environment) {
        this.environment = environment;
    }

    /** @throws EngineException.Corruption what is there does not fit together */
    static void over(OpenEnvironment environment) {
        IntegrityWalk walk = new IntegrityWalk(environment);
        try (Txn<ByteBuffer> txn = environment.beginRead()) {
            for (Dbi<ByteBuffer> database : environment.databases()) {
                walk.visit(txn, database);
            }
        }
    }

    private void visit(Txn<ByteBuffer> txn, Dbi<ByteBuffer> database) {
        String name = environment.nameOf(database);
        try {
            long expected = database.stat(txn).entries;
            long found = count(txn, database, name);
            if (found != expected) {
                throw damaged(name, "has " + found + " entries, its root says " + expected, null);
            }
        } catch (LmdbException e) {
            throw damaged(name, "cannot be read through: " + e.getMessage(), e);
        }
    }

    private long count(Txn<ByteBuffer> txn, Dbi<ByteBuffer> database, String name) {
        long entries = 0;
        previous.clear().limit(0);
        try (Cursor<ByteBuffer> cursor = database.openCursor(txn)) {
            for (boolean found = cursor.seek(SeekOp.MDB_FIRST); found; found = cursor.seek(SeekOp.MDB_NEXT)) {
                ByteBuffer key = cursor.key();
                if (entries > 0 && Keys.compare(previous, key) >= 0) {
                    throw damaged(name, "has entry " + entries + " (from 0) out of the order of keys", null);
                }
                if (key.remaining() > previous.capacity()) {
                    throw damaged(name, "has a key of " + key.remaining() + " bytes", null);
                }
                previous.clear().put(key.duplicate()).flip();
                sought.clear().put(previous.duplicate()).flip();
                if (database.get(txn, sought) == null) {
                    throw damaged(name, "does not find the key of entry " + entries + " (from 0) again", null);
                }
                entries++;
            }
        }
        return entries;
    }

    private EngineException.Corruption damaged(String database, String problem, @Nullable LmdbException cause) {
        return new EngineException.Corruption(
                LmdbEngineProvider.ID,
                environment.errors().directory(),
                "database '" + database + "' " + problem + "; restore a checkpoint or start with an empty folder",
                cause);
    }
}
