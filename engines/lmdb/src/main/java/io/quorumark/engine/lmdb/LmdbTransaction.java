package io.quorumark.engine.lmdb;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.support.DirectStaging;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/**
 * LMDB's write transaction, which is the environment's one writer: from its opening to its end every other writer waits, so that it never
 * conflicts. A change that fails ends it, as LMDB takes no more changes after that.
 */
final class LmdbTransaction implements Transaction {
    private enum State {
        RUNNING,
        ENDED,
        CLOSED
    }

    private final OpenEnvironment environment;
    private final Handles parent;
    private final DirectStaging staging = new DirectStaging();
    private final PointReads reads;
    private final Txn<ByteBuffer> txn;
    private final Thread owner = Thread.currentThread();
    private State state = State.RUNNING;

    /** @throws EngineException.Conflict this thread has one open already */
    LmdbTransaction(OpenEnvironment environment, Handles parent) {
        this.environment = environment;
        this.parent = parent;
        this.reads = new PointReads(environment);
        environment.beginWriting();
        try {
            this.txn = environment.env().txnWrite();
        } catch (LmdbException e) {
            environment.endWriting();
            throw environment.errors().of("opening a transaction", e);
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
            throw failed("put into '" + keyspace.name() + "' in a transaction", e);
        }
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        requireRunning();
        environment.checkKey(key);
        try {
            environment.database(keyspace).delete(txn, staging.key(key));
        } catch (LmdbException e) {
            throw failed("delete from '" + keyspace.name() + "' in a transaction", e);
        }
    }

    @Override
    public void commit(Durability durability) {
        requireRunning();
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
        requireUsable();
        if (state == State.RUNNING) {
            end();
        }
    }

    /** Aborts what was not committed, and lets the next writer in. */
    private void end() {
        state = State.ENDED;
        try {
            txn.close();
        } finally {
            environment.endWriting();
        }
    }

    private void requireRunning() {
        requireUsable();
        if (state == State.ENDED) {
            throw new IllegalStateException("the transaction on " + LmdbEngineProvider.ID + " at "
                    + environment.errors().directory() + " has ended; open a new one");
        }
    }

    private void requireUsable() {
        if (state == State.CLOSED) {
            throw environment.errors().closed("transaction");
        }
        requireOwner();
    }

    /** LMDB's own lock on writing belongs to a thread: let go of by another, it is never free again. */
    private void requireOwner() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("the transaction belongs to thread '" + owner.getName()
                    + "', which opened it; use and close it there, not in '"
                    + Thread.currentThread().getName() + "'");
        }
    }

    @Override
    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        requireOwner();
        try {
            if (state == State.RUNNING) {
                end();
            }
        } finally {
            state = State.CLOSED;
            parent.remove(this);
        }
    }
}
