package io.quorumark.engine.noop;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;

/** Counts changes. */
final class NullBatch implements WriteBatch {
    private int operations;

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        operations++;
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        operations++;
    }

    @Override
    public void deleteRange(Keyspace keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
        operations++;
    }

    @Override
    public int operationCount() {
        return operations;
    }

    @Override
    public void clear() {
        operations = 0;
    }

    @Override
    public void close() {
        operations = 0;
    }
}
