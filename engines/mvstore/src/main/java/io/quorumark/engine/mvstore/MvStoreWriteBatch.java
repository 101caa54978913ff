package io.quorumark.engine.mvstore;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Changes kept on the heap until their commit puts them into the trees. */
final class MvStoreWriteBatch implements WriteBatch {
    private final MvStoreEngine engine;
    private final Handles siblings;
    private final ArrayList<Change> changes = new ArrayList<>();
    private boolean closed;

    MvStoreWriteBatch(MvStoreEngine engine, Handles siblings) {
        this.engine = engine;
        this.siblings = siblings;
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        checkOpen();
        engine.checkLimits(key, value);
        changes.add(new Change.Put(engine.ordinalOf(keyspace), Bytes.copyOf(key), Bytes.copyOf(value)));
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        checkOpen();
        engine.checkLimits(key);
        changes.add(new Change.Delete(engine.ordinalOf(keyspace), Bytes.copyOf(key)));
    }

    @Override
    public void deleteRange(Keyspace keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
        checkOpen();
        changes.add(new Change.DeleteRange(
                engine.ordinalOf(keyspace), Bytes.copyOf(fromInclusive), Bytes.copyOf(toExclusive)));
    }

    @Override
    public int operationCount() {
        checkOpen();
        return changes.size();
    }

    @Override
    public void clear() {
        checkOpen();
        changes.clear();
    }

    boolean belongsTo(MvStoreEngine other) {
        return engine == other;
    }

    List<Change> changes() {
        checkOpen();
        return changes;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            changes.clear();
            siblings.remove(this);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw engine.errors().closed("batch");
        }
    }
}
