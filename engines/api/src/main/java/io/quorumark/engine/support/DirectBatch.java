package io.quorumark.engine.support;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;

/** A write batch that keeps its changes in one direct buffer until their commit, for libraries that take addresses. */
public final class DirectBatch implements WriteBatch {
    private final HandleChecks engine;
    private final Handles siblings;
    private final DirectChanges changes;
    private int operationCount;
    private boolean closed;

    /**
     * @param siblings told of the close
     * @param changes empty, and this batch's alone
     */
    public DirectBatch(HandleChecks engine, Handles siblings, DirectChanges changes) {
        this.engine = engine;
        this.siblings = siblings;
        this.changes = changes;
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
    public static DirectBatch of(WriteBatch batch, HandleChecks target) {
        if (batch instanceof DirectBatch own && own.engine == target) {
            own.requireOpen();
            return own;
        }
        throw new IllegalArgumentException("the batch is not of the engine at " + target.directory()
                + "; make it with newBatch of the session that commits it");
    }

    /** Those that it was made with, in their order. */
    public DirectChanges changes() {
        return changes;
    }

    private void requireOpen() {
        if (closed) {
            throw engine.closed("batch");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            siblings.remove(this);
        }
    }
}
