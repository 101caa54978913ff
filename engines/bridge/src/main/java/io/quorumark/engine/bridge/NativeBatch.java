package io.quorumark.engine.bridge;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;

/** A batch that crosses as it is. */
final class NativeBatch implements WriteBatch {
    private static final int FIRST_BYTES = 4 << 10;

    private final OpenNative engine;
    private final Handles parent;
    private final BatchBuffer changes = new BatchBuffer(FIRST_BYTES);
    private int operationCount;
    private boolean closed;

    NativeBatch(OpenNative engine, Handles parent) {
        this.engine = engine;
        this.parent = parent;
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        requireOpen();
        engine.checkKey(key);
        engine.checkValue(value);
        changes.put(engine.ordinalOf(keyspace), key, value);
        operationCount++;
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        requireOpen();
        engine.checkKey(key);
        changes.delete(engine.ordinalOf(keyspace), key);
        operationCount++;
    }

    @Override
    public void deleteRange(Keyspace keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
        requireOpen();
        changes.deleteRange(engine.ordinalOf(keyspace), fromInclusive, toExclusive);
        operationCount++;
    }

    @Override
    public int operationCount() {
        requireOpen();
        return operationCount;
    }

    @Override
    public void clear() {
        requireOpen();
        changes.clear();
        operationCount = 0;
    }

    /**
     * For the session that commits it.
     *
     * @throws IllegalArgumentException it is not a batch of {@code target}
     */
    static BatchBuffer changesOf(WriteBatch batch, OpenNative target) {
        if (batch instanceof NativeBatch own && own.engine == target) {
            own.requireOpen();
            return own.changes;
        }
        throw new IllegalArgumentException("the batch is not of the engine at "
                + target.errors().directory() + "; make it with newBatch of the session that commits it");
    }

    private void requireOpen() {
        if (closed) {
            throw engine.errors().closed("batch");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            parent.remove(this);
        }
    }
}
