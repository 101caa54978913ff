package io.quorumark.engine.bridge;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.TransactionLife;
import java.nio.ByteBuffer;

/** A transaction of the engine. A change that fails ends it. */
final class NativeTransaction implements Transaction {
    private static final int NO_OUT = 0;
    private static final int FIRST_CHANGE_BYTES = 512;

    private final OpenNative engine;
    private final Handles parent;
    private final CallRecord call = new CallRecord(NO_OUT);
    private final PointReads reads;
    private final NativeChanges change = new NativeChanges(FIRST_CHANGE_BYTES);
    private final TransactionLife life;
    private final long handle;

    /** @throws EngineException.Conflict the engine has one writer, and this thread has a transaction open already */
    NativeTransaction(OpenNative engine, Handles parent, long session) {
        this.engine = engine;
        this.parent = parent;
        this.reads = new PointReads(engine);
        this.life = new TransactionLife(engine.checks(), engine.hasOneWriter());
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
        life.requireRunning();
        return reads.get(handle, keyspace, key, target);
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        life.requireRunning();
        engine.checks().checkKey(key);
        engine.checks().checkValue(value);
        change.clear();
        change.put(engine.checks().ordinalOf(keyspace), key, value);
        write("put into '" + keyspace.name() + "' in a transaction");
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        life.requireRunning();
        engine.checks().checkKey(key);
        change.clear();
        change.delete(engine.checks().ordinalOf(keyspace), key);
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
        life.requireRunning();
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
        life.requireUsable();
        if (life.isRunning()) {
            end();
        }
    }

    /** Rolls back what was not committed, and lets the next writer in. */
    private void end() {
        life.end();
        try {
            engine.check("ending a transaction", engine.calls().qm_txn_close(handle, call.address()), call);
        } finally {
            engine.endWriting();
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
