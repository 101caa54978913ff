package io.quorumark.engine.xodus;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.HeapBatch;
import io.quorumark.engine.support.HeapBatch.Change;
import java.nio.ByteBuffer;
import java.util.List;
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
final class XodusSession implements Session {
    private final XodusEngine engine;
    private final Handles children;
    private final AtomicReference<@Nullable Transaction> idle = new AtomicReference<>();
    private boolean closed;

    XodusSession(XodusEngine engine) {
        this.engine = engine;
        this.children = new Handles("session of " + engine);
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes);
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
        return children.add(
                new XodusCursor(engine.errors(), children, engine.store(keyspace), engine.beginRead()), "cursor");
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
        checkOpen();
        engine.checkKey(key);
        engine.checkValue(value);
        engine.commit(List.of(Change.put(engine.ordinalOf(keyspace), key, value)), durability);
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
        checkOpen();
        engine.checkKey(key);
        engine.commit(List.of(Change.delete(engine.ordinalOf(keyspace), key)), durability);
    }

    @Override
    public WriteBatch newBatch() {
        checkOpen();
        return children.add(new HeapBatch(engine, children), "batch");
    }

    @Override
    public void commit(WriteBatch batch, Durability durability) {
        checkOpen();
        engine.commit(HeapBatch.of(batch, engine).changes(), durability);
    }

    @Override
    public Snapshot openSnapshot() {
        checkOpen();
        return children.add(new XodusSnapshot(engine, children), "snapshot");
    }

    @Override
    public io.quorumark.engine.Transaction openTransaction() {
        checkOpen();
        return children.add(new XodusTransaction(engine, children), "transaction");
    }

    @Override
    public void close() {
        if (children.close()) {
            closed = true;
            engine.forget(this);
            endIdleRead();
        }
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

    private void checkOpen() {
        if (closed) {
            throw engine.errors().closed("session");
        }
    }
}
