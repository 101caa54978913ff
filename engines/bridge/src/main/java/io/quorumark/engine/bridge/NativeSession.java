package io.quorumark.engine.bridge;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.DirectBatch;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.Unclaimed;
import java.nio.ByteBuffer;

/** One thread's way across. */
final class NativeSession implements Session {
    private static final int NO_OUT = 0;
    private static final int FIRST_CHANGE_BYTES = 1 << 10;
    private static final int FIRST_BATCH_BYTES = 4 << 10;

    private final OpenNative engine;
    private final Handles parent;
    private final Handles children;
    private final CallRecord call = new CallRecord(NO_OUT);
    private final PointReads reads;
    private final NativeChanges single = new NativeChanges(FIRST_CHANGE_BYTES);
    private final long handle;
    private boolean closed;

    NativeSession(OpenNative engine, Handles parent) {
        this.engine = engine;
        this.parent = parent;
        this.children = new Handles("session of " + engine.errors().engineId() + " at "
                + engine.errors().directory());
        this.reads = new PointReads(engine);
        engine.check("opening a session", engine.calls().qm_session_open(engine.handle(), call.address()), call);
        this.handle = call.handle();
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        requireOpen();
        return ByteBuffer.allocateDirect(bytes);
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        requireOpen();
        return reads.get(handle, keyspace, key, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        requireOpen();
        return children.add(new NativeCursor(engine, children, handle, keyspace), "cursor");
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
        requireOpen();
        engine.checks().checkKey(key);
        engine.checks().checkValue(value);
        single.clear();
        single.put(engine.checks().ordinalOf(keyspace), key, value);
        write(single, durability);
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
        requireOpen();
        engine.checks().checkKey(key);
        single.clear();
        single.delete(engine.checks().ordinalOf(keyspace), key);
        write(single, durability);
    }

    @Override
    public WriteBatch newBatch() {
        requireOpen();
        return children.add(new DirectBatch(engine.checks(), children, new NativeChanges(FIRST_BATCH_BYTES)), "batch");
    }

    @Override
    public void commit(WriteBatch batch, Durability durability) {
        requireOpen();
        NativeChanges changes =
                (NativeChanges) DirectBatch.of(batch, engine.checks()).changes();
        if (changes.length() == 0) {
            engine.checkLevel(durability);
            return;
        }
        write(changes, durability);
    }

    private void write(NativeChanges changes, Durability durability) {
        engine.checkLevel(durability);
        engine.beginWriting();
        try {
            long answer = engine.calls()
                    .qm_write(
                            handle,
                            changes.address(),
                            changes.length(),
                            OpenNative.levelOf(durability),
                            call.address());
            engine.check("committing", answer, call);
        } finally {
            engine.endWriting();
        }
    }

    @Override
    public Snapshot openSnapshot() {
        requireOpen();
        return children.add(new NativeSnapshot(engine, children, handle), "snapshot");
    }

    @Override
    public Transaction openTransaction() {
        requireOpen();
        if (!engine.has(Ability.TRANSACTIONS)) {
            throw Unclaimed.refuse(engine.errors().engineId(), engine.errors().directory(), Ability.TRANSACTIONS);
        }
        return children.add(new NativeTransaction(engine, children, handle), "transaction");
    }

    private void requireOpen() {
        if (closed) {
            throw engine.checks().closed("session");
        }
    }

    @Override
    public void close() {
        if (children.close()) {
            closed = true;
            parent.remove(this);
            engine.check("closing a session", engine.calls().qm_session_close(handle, call.address()), call);
        }
    }
}
