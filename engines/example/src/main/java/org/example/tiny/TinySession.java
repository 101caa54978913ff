package org.example.tiny;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.HeapBatch;
import io.quorumark.engine.support.HeapBatch.Change;
import io.quorumark.engine.support.Unclaimed;
import java.nio.ByteBuffer;
import java.util.List;

/** One thread's way in. */
final class TinySession implements Session {
    private final TinyEngine engine;
    private final Handles children;
    private boolean isClosed;

    TinySession(TinyEngine engine) {
        this.engine = engine;
        this.children = new Handles("session of engine tiny at " + engine.directory());
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes);
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkOpen();
        return TinySnapshot.get(engine.latest(), engine.ordinalOf(keyspace), key, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        checkOpen();
        int ordinal = engine.ordinalOf(keyspace);
        return children.add(new TinyCursor(engine, engine.latest().maps().get(ordinal), children), "cursor");
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
        return children.add(new TinySnapshot(engine, engine.latest(), children), "snapshot");
    }

    @Override
    public Transaction openTransaction() {
        checkOpen();
        throw Unclaimed.refuse(TinyProvider.ID, engine.directory(), Ability.TRANSACTIONS);
    }

    @Override
    public void close() {
        if (children.close()) {
            isClosed = true;
            engine.forget(this);
        }
    }

    private void checkOpen() {
        if (isClosed) {
            throw engine.closed("session");
        }
    }
}
