package io.quorumark.engine.mvstore;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.KeyScratch;
import io.quorumark.engine.support.Unclaimed;
import java.nio.ByteBuffer;
import java.util.List;

/** One thread's way to the engine's trees. */
final class MvStoreSession implements Session {
    private final MvStoreEngine engine;
    private final Handles children;
    private final KeyScratch scratch = new KeyScratch();
    private boolean closed;

    MvStoreSession(MvStoreEngine engine) {
        this.engine = engine;
        this.children = new Handles("session of " + engine);
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        checkOpen();
        return ByteBuffer.allocate(bytes);
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkOpen();
        return engine.store().get(keyspace, scratch.of(key), target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        checkOpen();
        int ordinal = engine.ordinalOf(keyspace);
        return children.add(MvStoreCursor.owning(engine.store(), ordinal, children), "cursor");
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
        checkOpen();
        engine.checkLimits(key, value);
        engine.store()
                .commit(
                        List.of(new Change.Put(engine.ordinalOf(keyspace), Bytes.copyOf(key), Bytes.copyOf(value))),
                        durability);
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
        checkOpen();
        engine.checkLimits(key);
        engine.store().commit(List.of(new Change.Delete(engine.ordinalOf(keyspace), Bytes.copyOf(key))), durability);
    }

    @Override
    public WriteBatch newBatch() {
        checkOpen();
        return children.add(new MvStoreWriteBatch(engine, children), "batch");
    }

    @Override
    public void commit(WriteBatch batch, Durability durability) {
        checkOpen();
        if (!(batch instanceof MvStoreWriteBatch changes) || !changes.belongsTo(engine)) {
            throw new IllegalArgumentException("the batch is not of the engine at "
                    + engine.errors().directory() + "; make it with newBatch of the session that commits it");
        }
        engine.store().commit(changes.changes(), durability);
    }

    @Override
    public Snapshot openSnapshot() {
        checkOpen();
        return children.add(new MvStoreSnapshot(engine, engine.store().pin(), children), "snapshot");
    }

    @Override
    public Transaction openTransaction() {
        checkOpen();
        throw Unclaimed.refuse(MvStoreEngineProvider.ID, engine.errors().directory(), Ability.TRANSACTIONS);
    }

    @Override
    public void close() {
        if (children.close()) {
            closed = true;
            engine.forget(this);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw engine.errors().closed("session");
        }
    }
}
