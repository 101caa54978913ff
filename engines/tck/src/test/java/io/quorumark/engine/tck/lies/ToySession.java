package io.quorumark.engine.tck.lies;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** One thread's way in. */
final class ToySession implements Session {
    private final ToyEngine engine;
    private final ToyReader reader;
    private final Consumer<ToySession> onClose;

    ToySession(ToyEngine engine, Consumer<ToySession> onClose) {
        this.engine = engine;
        this.reader = new ToyReader(engine, engine::latest, "session", closed -> {});
        this.onClose = onClose;
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        if (engine.lie() != Lie.ALLOCATES_AFTER_CLOSE) {
            reader.checkOpen();
        }
        return ByteBuffer.allocate(bytes);
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        return reader.get(keyspace, key, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        return reader.openCursor(keyspace);
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
        reader.checkOpen();
        try (ToyBatch batch = new ToyBatch(engine, closed -> {})) {
            batch.put(keyspace, key, value);
            engine.commit(batch.changes(), durability);
        }
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
        reader.checkOpen();
        try (ToyBatch batch = new ToyBatch(engine, closed -> {})) {
            batch.delete(keyspace, key);
            engine.commit(batch.changes(), durability);
        }
    }

    @Override
    public WriteBatch newBatch() {
        reader.checkOpen();
        return reader.handles().add(new ToyBatch(engine, reader.handles()::remove), "batch");
    }

    @Override
    public void commit(WriteBatch batch, Durability durability) {
        reader.checkOpen();
        ToyBatch own = (ToyBatch) batch;
        if (!own.belongsTo(engine) && engine.lie() != Lie.TAKES_FOREIGN_BATCHES) {
            throw new IllegalArgumentException("the batch is of another engine; make it with newBatch of this session");
        }
        engine.commit(List.copyOf(own.changes()), durability);
    }

    @Override
    public Snapshot openSnapshot() {
        reader.checkOpen();
        return reader.handles()
                .add(new ToyReader(engine, engine.forSnapshot(), "snapshot", reader.handles()::remove), "snapshot");
    }

    @Override
    public Transaction openTransaction() {
        reader.checkOpen();
        return reader.handles().add(new ToyTransaction(engine, reader.handles()::remove), "transaction");
    }

    @Override
    public void close() {
        reader.close();
        onClose.accept(this);
    }
}
