package io.quorumark.engine.xodus;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.support.HeapSession;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import jetbrains.exodus.env.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * A session reads through a read-only transaction that it keeps while nobody commits: opening one, with its tree roots, would cost a good
 * part of a read.
 *
 * <p>The kept transaction lies in {@link #idle} between reads. A commit takes it from there and ends it, so that an idle session does not
 * keep collected log files on the device.
 */
final class XodusSession extends HeapSession {
    private final XodusEngine engine;
    private final AtomicReference<@Nullable Transaction> idle = new AtomicReference<>();

    XodusSession(XodusEngine engine) {
        super(engine, "session of " + engine);
        this.engine = engine;
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkOpen();
        Transaction transaction = latest();
        try {
            return engine.get(keyspace, transaction, key, target);
        } finally {
            idle.setRelease(transaction);
        }
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        checkOpen();
        return children()
                .add(
                        new XodusCursor(engine.errors(), children(), engine.store(keyspace), engine.beginRead()),
                        "cursor");
    }

    @Override
    public Snapshot openSnapshot() {
        checkOpen();
        return children().add(new XodusSnapshot(engine, children()), "snapshot");
    }

    @Override
    public io.quorumark.engine.Transaction openTransaction() {
        checkOpen();
        return children().add(new XodusTransaction(engine, children()), "transaction");
    }

    @Override
    protected void ended() {
        engine.forget(this);
        endIdleRead();
    }

    /** Ends the kept transaction, unless a read is using it. Called by any thread. */
    void endIdleRead() {
        if (idle.getAcquire() != null) {
            Transaction transaction = idle.getAndSet(null);
            if (transaction != null) {
                transaction.abort();
            }
        }
    }

    private Transaction latest() {
        Transaction transaction = idle.getAndSet(null);
        if (transaction != null) {
            if (engine.isLatest(transaction)) {
                return transaction;
            }
            transaction.abort();
        }
        return engine.beginRead();
    }
}
