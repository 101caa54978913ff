package io.quorumark.engine.lmdb;

import io.quorumark.engine.Durability;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/** LMDB's write transaction, which is the environment's one writer: others wait until it ends, so that it never conflicts. */
final class LmdbTransaction implements Transaction {
    private final OpenEnvironment environment;
    private final Handles parent;
    private final Staging staging = new Staging();
    private final PointReads reads;
    private final Txn<ByteBuffer> txn;
    private boolean ended;
    private boolean closed;

    /** @throws io.quorumark.engine.EngineException.Conflict this thread has one open */
    LmdbTransaction(OpenEnvironment environment, Handles parent) {
        this.environment = environment;
        this.parent = parent;
        this.reads = new PointReads(environment);
        environment.lockForWriting();
        try {
            this.txn = environment.env().txnWrite();
        } catch (LmdbException e) {
            environment.unlockAfterWriting();
            throw environment.errors().of("beginning a transaction", e);
        }
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        requireRunning();
        return reads.get(txn, keyspace, key, target);
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        requireRunning();
        environment.checkKey(key);
        environment.checkValue(value);
        try {
            environment.database(keyspace).put(txn, staging.key(key), staging.value(value));
        } catch (LmdbException e) {
            // LMDB's transaction cannot be trusted after a failed change
            rollback();
            throw environment.errors().of("put into '" + keyspace.name() + "' in a transaction", e);
        }
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        requireRunning();
        environment.checkKey(key);
        try {
            environment.database(keyspace).delete(txn, staging.key(key));
        } catch (LmdbException e) {
            rollback();
            throw environment.errors().of("delete from '" + keyspace.name() + "' in a transaction", e);
        }
    }

    @Override
    public void commit(Durability durability) {
        requireRunning();
        environment.checkLevel(durability);
        try {
            txn.commit();
        } catch (LmdbException e) {
            throw environment.errors().of("committing a transaction", e);
        } finally {
            end();
        }
    }

    @Override
    public void rollback() {
        requireOpen();
        if (!ended) {
            end();
        }
    }

    /** Aborts where it was not committed. */
    private void end() {
        ended = true;
        try {
            txn.close();
        } finally {
            environment.unlockAfterWriting();
        }
    }

    private void requireRunning() {
        requireOpen();
        if (ended) {
            throw new IllegalStateException("the transaction has ended; open a new one");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw environment.errors().closed("transaction");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            rollback();
            closed = true;
            parent.remove(this);
        }
    }
}
