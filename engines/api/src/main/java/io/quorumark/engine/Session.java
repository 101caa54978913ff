package io.quorumark.engine;

import java.nio.ByteBuffer;

/**
 * One thread's data path into an engine. A read shows every commit that was acknowledged before it, by whichever session.
 *
 * <p>All writes are durable at the asked level when the call returns. On an interrupted thread every call completes or refuses with
 * {@link EngineException.Interrupted}, as the package's description says.
 */
public interface Session extends Reader, AutoCloseable {
    /** A buffer of the kind (heap or direct) that this engine is fastest with, of {@code bytes} bytes, owned by the caller. */
    ByteBuffer allocate(int bytes);

    /**
     * Writes one value, in a commit of its own.
     *
     * @throws EngineException.LimitExceeded the key or value is longer than the engine takes
     * @throws EngineException.Unsupported the engine cannot commit at this level as it was opened
     * @throws EngineException.Full the device or the engine's map has no room; the write did not happen
     * @throws EngineException.Io the device failed; whether the write happened is unknown
     */
    void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability);

    /** Deletes one key in a commit of its own; one that is not there is no error. Throws like {@link #put}. */
    void delete(Keyspace keyspace, ByteBuffer key, Durability durability);

    /** An empty batch, closed before the session. */
    WriteBatch newBatch();

    /**
     * Applies the batch atomically. The batch keeps its changes until it is cleared. An empty batch does nothing. Throws like {@link #put},
     * also for the level of an empty batch.
     *
     * @throws IllegalArgumentException the batch was made by another engine; nothing was done
     */
    void commit(WriteBatch batch, Durability durability);

    /** Opens a consistent view of all keyspaces; see {@link Ability#CONSTANT_TIME_SNAPSHOT} for what it costs. */
    Snapshot openSnapshot();

    /**
     * Opens a transaction, closed before the session.
     *
     * @throws EngineException.Unsupported {@link Ability#TRANSACTIONS} is not claimed
     * @throws EngineException.Conflict the engine takes one writer at a time and this thread has a transaction open
     */
    Transaction openTransaction();

    /**
     * Frees what the session holds.
     *
     * @throws IllegalStateException a snapshot, cursor, batch or transaction of it is open; the message names them. A second close does
     * nothing
     */
    @Override
    void close();
}
