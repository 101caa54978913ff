package org.example.tiny;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.support.HeapSession;
import io.quorumark.engine.support.Unclaimed;
import java.nio.ByteBuffer;

/** One thread's way in. */
final class TinySession extends HeapSession {
    private final TinyEngine engine;

    TinySession(TinyEngine engine) {
        super(engine, "session of engine tiny at " + engine.directory());
        this.engine = engine;
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
        return children().add(new TinyCursor(engine, engine.latest().maps().get(ordinal), children()), "cursor");
    }

    @Override
    public Snapshot openSnapshot() {
        checkOpen();
        return children().add(new TinySnapshot(engine, engine.latest(), children()), "snapshot");
    }

    @Override
    public Transaction openTransaction() {
        checkOpen();
        throw Unclaimed.refuse(TinyProvider.ID, engine.directory(), Ability.TRANSACTIONS);
    }

    @Override
    protected void ended() {
        engine.forget(this);
    }
}
