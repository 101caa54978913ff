package org.example.tiny;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.HeapBatch;
import java.nio.ByteBuffer;

/** A state that stands still. */
final class TinySnapshot implements Snapshot {
    private final TinyEngine engine;
    private final State state;
    private final Handles siblings;
    private final Handles children;
    private boolean isClosed;

    TinySnapshot(TinyEngine engine, State state, Handles siblings) {
        this.engine = engine;
        this.state = state;
        this.siblings = siblings;
        this.children = new Handles("snapshot of engine tiny at " + engine.directory());
    }

    static int get(State state, int ordinal, ByteBuffer key, ByteBuffer target) {
        byte[] value = state.maps().get(ordinal).get(HeapBatch.copyOf(key));
        if (value == null) {
            return NOT_FOUND;
        }
        if (value.length <= target.remaining()) {
            target.put(value);
        }
        return value.length;
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkOpen();
        return get(state, engine.ordinalOf(keyspace), key, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        checkOpen();
        return children.add(new TinyCursor(engine, state.maps().get(engine.ordinalOf(keyspace)), children), "cursor");
    }

    @Override
    public void close() {
        if (children.close()) {
            isClosed = true;
            siblings.remove(this);
        }
    }

    private void checkOpen() {
        if (isClosed) {
            throw engine.closed("snapshot");
        }
    }
}
