package io.quorumark.engine.mvstore;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.KeyScratch;
import java.nio.ByteBuffer;

/** The roots of one commit, kept. */
final class MvStoreSnapshot implements Snapshot {
    private final OpenStore store;
    private final PinnedState state;
    private final Handles siblings;
    private final Handles children;
    private final KeyScratch scratch = new KeyScratch();
    private boolean closed;

    /** @param state released by this snapshot's close */
    MvStoreSnapshot(MvStoreEngine engine, PinnedState state, Handles siblings) {
        this.store = engine.store();
        this.state = state;
        this.siblings = siblings;
        this.children = new Handles("snapshot of " + engine);
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkOpen();
        return store.get(state, keyspace, scratch.of(key), target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        checkOpen();
        return children.add(MvStoreCursor.over(store, state, store.ordinalOf(keyspace), children), "cursor");
    }

    private void checkOpen() {
        if (closed) {
            throw store.errors().closed("snapshot");
        }
    }

    @Override
    public void close() {
        if (children.close()) {
            closed = true;
            state.release();
            siblings.remove(this);
        }
    }
}
