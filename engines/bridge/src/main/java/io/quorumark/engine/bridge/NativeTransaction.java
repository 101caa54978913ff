package io.quorumark.engine.bridge;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;

/** A transaction of the engine. A change that fails ends it. */
final class NativeTransaction implements Transaction {
    private static final int NO_OUT = 0;
    private static final int FIRST_CHANGE_BYTES = 512;

    private enum State {
        RUNNING,
        ENDED,
        CLOSED
    }

    private final OpenNative engine;
    private final Handles parent;
    private final CallRecord call = new CallRecord(NO_OUT);
    private final PointReads reads;
    private final BatchBuffer change = new BatchBuffer(FIRST_CHANGE_BYTES);
    private final Thread owner = Thread.currentThread();
    private final long handle;
    private State state = State.RUNNING;

    /** @throws EngineException.Conflict the engine has one writer, and this thread has a transaction open already */
    NativeTransaction(OpenNative engine, Handles parent, long session) {
        this.engine = engine;
        this.parent = parent;
        this.reads = new PointReads(engine);
        engine.beginWriting();
        try {
            engine.check("opening a transaction", engine.calls().qm_txn_open(session, call.address()), call);
        } catch (RuntimeException e) {
            engine.endWriting();
            throw e;
        }
        this.handle = call.handle();
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        requireRunning();
        return reads.get(handle, keyspace, key, target);
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        requireRunning();
        engine.checkKey(key);
        engine.checkValue(value);
        change.clear();
        change.put(engine.ordinalOf(keyspace), key, value);
        write("put into '" + keyspace.name() + "' in a transaction");
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        requireRunning();
        engine.checkKey(key);
        change.clear();
        change.delete(engine.ordinalOf(keyspace), key);
        write("delete from '" + keyspace.name() + "' in a transaction");
    }

    private void write(String action) {
        long answer = engine.calls().qm_txn_write(handle, change.address(), change.length(), call.address());
        if (answer < 0) {
            RuntimeException failure = engine.errors().of(action, answer, call);
            endAfter(failure);
            throw failure;
        }
    }

    @Override
    public void commit(Durability durability) {
        requireRunning();
        engine.checkLevel(durability);
        long answer = engine.calls().qm_txn_commit(handle, OpenNative.levelOf(durability), call.address());
        if (answer < 0) {
            RuntimeException failure = engine.errors().of("committing a transaction", answer, call);
            endAfter(failure);
            throw failure;
        }
        end();
    }

    private void endAfter(RuntimeException failure) {
        try {
            end();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void rollback() {
        requireUsable();
        if (state == State.RUNNING) {
            end();
        }
    }

    /** Rolls back what was not committed, and lets the next writer in. */
    private void end() {
        state = State.ENDED;
        try {
            engine.check("ending a transaction", engine.calls().qm_txn_close(handle, call.address()), call);
        } finally {
            engine.endWriting();
        }
    }

    private void requireRunning() {
        requireUsable();
        if (state == State.ENDED) {
            throw new IllegalStateException("the transaction on "
                    + engine.errors().engineId() + " at " + engine.errors().directory() + " has ended; open a new one");
        }
    }

    private void requireUsable() {
        if (state == State.CLOSED) {
            throw engine.errors().closed("transaction");
        }
        requireOwner();
    }

    /** The lock on writing belongs to a thread: let go of by another, it is never free again. */
    private void requireOwner() {
        if (engine.hasOneWriter() && Thread.currentThread() != owner) {
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
