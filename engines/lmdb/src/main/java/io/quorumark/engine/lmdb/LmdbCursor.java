package io.quorumark.engine.lmdb;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.support.DirectStaging;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.GetOp;
import org.lmdbjava.LmdbException;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Txn;

/** A cursor over one named database. Its key and value are LMDB's pages themselves, which the transaction keeps in place. */
final class LmdbCursor implements Cursor {
    private static final int MAX_KEY_BYTES = LmdbEngineProvider.LIMITS.maxKeyBytes();

    private final OpenEnvironment environment;
    private final Handles parent;
    private final String keyspaceName;
    private final @Nullable Txn<ByteBuffer> own;
    private final org.lmdbjava.Cursor<ByteBuffer> cursor;
    private final DirectStaging staging = new DirectStaging();
    // two flags and no enum: storing a reference would cost each step the collector's barrier
    private boolean onEntry;
    private boolean closed;

    private LmdbCursor(
            OpenEnvironment environment,
            Handles parent,
            Keyspace keyspace,
            Txn<ByteBuffer> txn,
            @Nullable Txn<ByteBuffer> own) {
        this.environment = environment;
        this.parent = parent;
        this.keyspaceName = keyspace.name();
        this.own = own;
        this.cursor = environment.database(keyspace).openCursor(txn);
    }

    /** A cursor on the latest state, with a read transaction of its own. */
    static LmdbCursor onLatest(OpenEnvironment environment, Handles parent, Keyspace keyspace) {
        Txn<ByteBuffer> txn = environment.beginRead();
        try {
            return new LmdbCursor(environment, parent, keyspace, txn, txn);
        } catch (LmdbException e) {
            txn.close();
            throw environment.errors().of("opening a cursor on '" + keyspace.name() + "'", e);
        }
    }

    /** A cursor on a snapshot's transaction. */
    static LmdbCursor onSnapshot(
            OpenEnvironment environment, Handles parent, Keyspace keyspace, Txn<ByteBuffer> snapshot) {
        try {
            return new LmdbCursor(environment, parent, keyspace, snapshot, null);
        } catch (LmdbException e) {
            throw environment.errors().of("opening a cursor on '" + keyspace.name() + "'", e);
        }
    }

    @Override
    public boolean first() {
        return move(SeekOp.MDB_FIRST);
    }

    @Override
    public boolean last() {
        return move(SeekOp.MDB_LAST);
    }

    @Override
    public boolean next() {
        requireEntry();
        return step(SeekOp.MDB_NEXT);
    }

    @Override
    public boolean prev() {
        requireEntry();
        return step(SeekOp.MDB_PREV);
    }

    @Override
    public boolean seekCeiling(ByteBuffer wanted) {
        if (!wanted.hasRemaining()) {
            return first();
        }
        boolean found = seekRange(wanted);
        // If wanted is longer than any key, the key that it begins with comes before it.
        boolean before = found && wanted.remaining() > MAX_KEY_BYTES && Keys.compare(cursor.key(), wanted) < 0;
        return before ? next() : found;
    }

    @Override
    public boolean seekFloor(ByteBuffer wanted) {
        if (!wanted.hasRemaining()) {
            requireOpen();
            return arrived(false);
        }
        if (!seekRange(wanted)) {
            return last();
        }
        return Keys.compare(cursor.key(), wanted) <= 0 || prev();
    }

    @Override
    public ByteBuffer key() {
        requireEntry();
        return cursor.key().clear();
    }

    @Override
    public ByteBuffer value() {
        requireEntry();
        return cursor.val().clear();
    }

    private boolean move(SeekOp operation) {
        requireOpen();
        return step(operation);
    }

    /** Only if the cursor is known to be open. */
    private boolean step(SeekOp operation) {
        try {
            return arrived(cursor.seek(operation));
        } catch (LmdbException e) {
            throw failed(e);
        }
    }

    /** To the smallest key that is not smaller than {@code wanted}, or than as much of it as a key can have. */
    private boolean seekRange(ByteBuffer wanted) {
        requireOpen();
        ByteBuffer direct = staging.key(wanted);
        int limit = direct.limit();
        direct.limit(Math.min(limit, direct.position() + MAX_KEY_BYTES));
        try {
            return arrived(cursor.get(direct, GetOp.MDB_SET_RANGE));
        } catch (LmdbException e) {
            throw failed(e);
        } finally {
            direct.limit(limit);
        }
    }

    private boolean arrived(boolean nowOnEntry) {
        onEntry = nowOnEntry;
        return nowOnEntry;
    }

    private RuntimeException failed(LmdbException e) {
        onEntry = false;
        return environment.errors().of("moving a cursor on '" + keyspaceName + "'", e);
    }

    private void requireOpen() {
        if (closed) {
            throw environment.checks().closed("cursor");
        }
    }

    private void requireEntry() {
        if (!onEntry) {
            throw onNoEntry();
        }
    }

    private RuntimeException onNoEntry() {
        return closed
                ? environment.checks().closed("cursor")
                : new IllegalStateException("cursor on '" + keyspaceName
                        + "' is on no entry; use first, last, seekCeiling or seekFloor, and look at their answer");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onEntry = false;
            cursor.close();
            if (own != null) {
                own.close();
            }
            parent.remove(this);
        }
    }
}
