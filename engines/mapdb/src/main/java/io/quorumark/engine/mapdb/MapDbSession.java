package io.quorumark.engine.mapdb;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.support.HeapSession;
import io.quorumark.engine.support.KeyScratch;
import io.quorumark.engine.support.Unclaimed;
import java.nio.ByteBuffer;

/** One thread's way to the engine's trees. It holds nothing of its own but its children. */
final class MapDbSession extends HeapSession {
    private final MapDbEngine engine;
    private final KeyScratch scratch = new KeyScratch();

    MapDbSession(MapDbEngine engine) {
        super(engine, "session of " + engine);
        this.engine = engine;
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkOpen();
        return engine.get(keyspace, scratch, key, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        checkOpen();
        int unused = engine.ordinalOf(keyspace);
        return children().add(new MapDbCursor(engine, keyspace, children()), "cursor");
    }

    @Override
    public Snapshot openSnapshot() {
        checkOpen();
        return children().add(engine.copyState(children()), "snapshot");
    }

    @Override
    public Transaction openTransaction() {
        checkOpen();
        throw Unclaimed.refuse(MapDbEngineProvider.ID, engine.errors().directory(), Ability.TRANSACTIONS);
    }

    @Override
    protected void ended() {
        engine.forget(this);
    }
}
