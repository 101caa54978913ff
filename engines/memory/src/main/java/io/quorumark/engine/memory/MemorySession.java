package io.quorumark.engine.memory;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;

/** One thread's data path. */
final class MemorySession implements Session {
    private final MemoryEngine engine;
    private final Handles handles;
    private final MemoryBatch single;
    private final KeyProbe probe = new KeyProbe();
    private boolean closed;

    MemorySession(MemoryEngine engine) {
        this.engine = engine;
        this.handles = new Handles("session of engine " + MemoryEngineProvider.ID + " at " + engine.directory());
        this.single = new MemoryBatch(engine, null);
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        checkOpen();
        return ByteBuffer.allocate(bytes);
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkOpen();
        return engine.store().get(engine.ordinalOf(keyspace), probe.at(key), Store.LATEST, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        checkOpen();
        int ordinal = engine.ordinalOf(keyspace);
        Store store = engine.store();
        long sequence = store.pin();
        return handles.add(
                new MemoryCursor(engine, store.walk(ordinal, sequence), cursor -> {
                    store.unpin(sequence);
                    handles.remove(cursor);
                }),
                "cursor");
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
        checkOpen();
        single.clear();
        single.put(keyspace, key, value);
        engine.commit(single, durability, null);
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
        checkOpen();
        single.clear();
        single.delete(keyspace, key);
        engine.commit(single, durability, null);
    }

    @Override
    public WriteBatch newBatch() {
        checkOpen();
        return handles.add(new MemoryBatch(engine, this), "batch");
    }

    @Override
    public void commit(WriteBatch batch, Durability durability) {
        checkOpen();
        if (!(batch instanceof MemoryBatch own) || !own.belongsTo(engine)) {
            throw new IllegalArgumentException("the batch is not of this engine; make it with newBatch of its session");
        }
        engine.commit(own, durability, null);
    }

    @Override
    public Snapshot openSnapshot() {
        checkOpen();
        return handles.add(new MemorySnapshot(engine, handles::remove), "snapshot");
    }

    void forget(MemoryBatch batch) {
        handles.remove(batch);
    }

    private void checkOpen() {
        if (closed) {
            throw engine.closed("session");
        }
    }

    @Override
    public Transaction openTransaction() {
        checkOpen();
        return handles.add(new MemoryTransaction(engine, handles::remove), "transaction");
    }

    @Override
    public void close() {
        if (handles.close()) {
            closed = true;
            engine.forget(this);
        }
    }
}
