package io.quorumark.engine.lmdb;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.support.DirectStaging;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.TransactionLife;
import java.nio.ByteBuffer;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/**
 * LMDB's write transaction, which is the environment's one writer: from its opening to its end every other writer waits, so that it never
 * conflicts. A change that fails ends it, as LMDB takes no more changes after that.
 */
final class LmdbTransaction implements Transaction {
    private final OpenEnvironment environment;
    private final Handles parent;
    private final DirectStaging staging = new DirectStaging();
    private final PointReads reads;
    private final Txn<ByteBuffer> txn;
    /** LMDB's own lock on writing belongs to a thread. */
    private final TransactionLife life;

    /** @throws EngineException.Conflict this thread has one open already */
    LmdbTransaction(OpenEnvironment environment, Handles parent) {
        this.environment = environment;
        this.parent = parent;
        this.reads = new PointReads(environment);
        this.life = new TransactionLife(environment.checks(), true);
        environment.writer().begin();
        try {
            this.txn = environment.env().txnWrite();
        } catch (LmdbException e) {
            environment.writer().end();
            throw environment.errors().of("opening a transaction", e);
        }
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        life.requireRunning();
        return reads.get(txn, keyspace, key, target);
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        life.requireRunning();
        environment.checks().checkKey(key);
        environment.checks().checkValue(value);
        try {
            environment.database(keyspace).put(txn, staging.key(key), staging.value(value));
        } catch (LmdbException e) {
            throw failed("put into '" + keyspace.name() + "' in a transaction", e);
        }
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        life.requireRunning();
        environment.checks().checkKey(key);
        try {
            environment.database(keyspace).delete(txn, staging.key(key));
        } catch (LmdbException e) {
            throw failed("delete from '" + keyspace.name() + "' in a transaction", e);
        }
    }

    @Override
    public void commit(Durability durability) {
        life.requireRunning();
        environment.checkLevel(durability);
        try {
            txn.commit();
        } catch (LmdbException e) {
            throw failed("committing a transaction", e);
        }
        end();
    }

    private EngineException failed(String action, LmdbException e) {
        end();
        return environment.errors().of(action, e);
    }

    @Override
    public void rollback() {
        life.requireUsable();
        if (life.isRunning()) {
            end();
        }
    }

    /** Aborts what was not committed, and lets the next writer in. */
    private void end() {
        life.end();
        try {
            txn.close();
        } finally {
            environment.writer().end();
        }
    }

    @Override
    public void close() {
        if (!life.beginClosing()) {
            return;
        }
        try {
            if (life.isRunning()) {
                end();
            }
        } finally {
            life.close();
            parent.remove(this);
        }
    }
}
