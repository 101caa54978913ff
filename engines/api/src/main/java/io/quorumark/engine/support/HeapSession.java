package io.quorumark.engine.support;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.HeapBatch.Change;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A session of an engine whose commits are lists of changes on the heap. Writes, batches and the life of handles are here; reads, snapshots
 * and transactions are the engine's. For one thread, as every session is.
 */
public abstract class HeapSession implements Session {
    private final Engine engine;
    private final Handles children;
    private boolean closed;

    /** What the engine does with changes. */
    public interface Engine extends HeapBatch.Rules {
        /**
         * Applies all changes or none, in their order. On return they survive what {@code durability} says.
         *
         * @param changes of keys and values that {@link #checkKey} and {@link #checkValue} have accepted
         * @throws EngineException the engine refuses or fails
         */
        void commit(List<Change> changes, Durability durability);
    }

    /** @param name of this session in messages, with the engine and its folder */
    protected HeapSession(Engine engine, String name) {
        this.engine = engine;
        this.children = new Handles(name);
    }

    @Override
    public final ByteBuffer allocate(int bytes) {
        checkOpen();
        return ByteBuffer.allocate(bytes);
    }

    @Override
    public final void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
        checkOpen();
        engine.checkKey(key);
        engine.checkValue(value);
        engine.commit(List.of(Change.put(engine.ordinalOf(keyspace), key, value)), durability);
    }

    @Override
    public final void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
        checkOpen();
        engine.checkKey(key);
        engine.commit(List.of(Change.delete(engine.ordinalOf(keyspace), key)), durability);
    }

    @Override
    public final WriteBatch newBatch() {
        checkOpen();
        return children.add(new HeapBatch(engine, children), "batch");
    }

    @Override
    public final void commit(WriteBatch batch, Durability durability) {
        checkOpen();
        engine.commit(HeapBatch.of(batch, engine).changes(), durability);
    }

    @Override
    public final void close() {
        if (children.close()) {
            closed = true;
            ended();
        }
    }

    /** Called once, when the session and all that was opened of it is closed: the engine forgets it. */
    protected abstract void ended();

    /** Cursors, snapshots and transactions of this session, which close with it. */
    protected final Handles children() {
        return children;
    }

    /** @throws EngineException.Closed the session is closed */
    protected final void checkOpen() {
        if (closed) {
            throw engine.closed("session");
        }
    }
}
