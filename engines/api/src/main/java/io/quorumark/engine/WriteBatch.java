package io.quorumark.engine;

import java.nio.ByteBuffer;

/**
 * Changes that {@link Session#commit} applies all together or not at all, across keyspaces, in the order they were added. Reusable after
 * {@link #clear()}. Keys and values are copied when added. For one thread at a time.
 */
public interface WriteBatch extends AutoCloseable {
    /** @throws EngineException.LimitExceeded the key or value is longer than the engine takes */
    void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value);

    /** Deletes a key; one that is not there is no error. */
    void delete(Keyspace keyspace, ByteBuffer key);

    /**
     * Deletes every key from {@code fromInclusive} up to, not including, {@code toExclusive}. Does nothing if the range is empty or
     * reversed. The bounds need not be keys that the engine takes: they may be empty, and longer than a key may be.
     */
    void deleteRange(Keyspace keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive);

    /** How many changes were added since the last {@link #clear()}. */
    int operationCount();

    /** Forgets the changes, keeping the memory for the next ones. */
    void clear();

    /** Frees what the batch holds. A second close does nothing. */
    @Override
    void close();
}
