package io.quorumark.engine.lmdb;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.DirectBatch;
import io.quorumark.engine.support.DirectStaging;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/**
 * One thread's way into the environment. It keeps one read transaction for all its gets: renewed before each, so that it shows the latest
 * commit, and reset after it, so that no page is kept from being reused in between.
 */
final class LmdbSession implements Session {
    private final OpenEnvironment environment;
    private final Handles parent;
    private final Handles children;
    private final DirectStaging staging = new DirectStaging();
    private final PointReads reads;

    /** Null until the first get: a session that only writes takes no reader slot. */
    private @Nullable Txn<ByteBuffer> reading;

    private boolean closed;

    LmdbSession(OpenEnvironment environment, Handles parent) {
        this.environment = environment;
        this.parent = parent;
        this.children = new Handles("session of " + LmdbEngineProvider.ID + " at "
                + environment.errors().directory());
        this.reads = new PointReads(environment);
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        requireOpen();
        return ByteBuffer.allocateDirect(bytes);
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        requireOpen();
        Txn<ByteBuffer> latest = latest();
        try {
            return reads.get(latest, keyspace, key, target);
        } finally {
            latest.reset();
        }
    }

    private Txn<ByteBuffer> latest() {
        Txn<ByteBuffer> kept = reading;
        if (kept == null) {
            kept = environment.beginRead();
            reading = kept;
            return kept;
        }
        try {
            kept.renew();
            return kept;
        } catch (LmdbException e) {
            throw environment.errors().of("renewing a read transaction", e);
        }
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        requireOpen();
        return children.add(LmdbCursor.onLatest(environment, children, keyspace), "cursor");
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
        requireOpen();
        environment.checks().checkKey(key);
        environment.checks().checkValue(value);
        environment.checkLevel(durability);
        ByteBuffer directKey = staging.key(key);
        ByteBuffer directValue = staging.value(value);
        environment.writer().begin();
        try (Txn<ByteBuffer> txn = environment.env().txnWrite()) {
            environment.database(keyspace).put(txn, directKey, directValue);
            txn.commit();
        } catch (LmdbException e) {
            throw environment.errors().of("put into '" + keyspace.name() + "'", e);
        } finally {
            environment.writer().end();
        }
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
        requireOpen();
        environment.checks().checkKey(key);
        environment.checkLevel(durability);
        ByteBuffer directKey = staging.key(key);
        environment.writer().begin();
        try (Txn<ByteBuffer> txn = environment.env().txnWrite()) {
            environment.database(keyspace).delete(txn, directKey);
            txn.commit();
        } catch (LmdbException e) {
            throw environment.errors().of("delete from '" + keyspace.name() + "'", e);
        } finally {
            environment.writer().end();
        }
    }

    @Override
    public WriteBatch newBatch() {
        requireOpen();
        return children.add(new DirectBatch(environment.checks(), children, new LmdbChanges(environment)), "batch");
    }

    @Override
    public void commit(WriteBatch batch, Durability durability) {
        requireOpen();
        environment.checkLevel(durability);
        DirectBatch own = DirectBatch.of(batch, environment.checks());
        if (own.operationCount() == 0) {
            return;
        }
        LmdbChanges changes = (LmdbChanges) own.changes();
        environment.writer().begin();
        try (Txn<ByteBuffer> txn = environment.env().txnWrite()) {
            changes.applyTo(txn);
            txn.commit();
        } catch (LmdbException e) {
            throw environment.errors().of("committing a batch of " + own.operationCount() + " changes", e);
        } finally {
            environment.writer().end();
        }
    }

    @Override
    public Snapshot openSnapshot() {
        requireOpen();
        return children.add(new LmdbSnapshot(environment, children), "snapshot");
    }

    private void requireOpen() {
        if (closed) {
            throw environment.checks().closed("session");
        }
    }

    @Override
    public Transaction openTransaction() {
        requireOpen();
        return children.add(new LmdbTransaction(environment, children), "transaction");
    }

    @Override
    public void close() {
        if (children.close()) {
            closed = true;
            if (reading != null) {
                reading.close();
            }
            parent.remove(this);
        }
    }
}
