package io.quorumark.engine.memory;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** The state at one sequence, pinned. */
final class MemorySnapshot implements Snapshot {
    private final MemoryEngine engine;
    private final long sequence;
    private final Consumer<MemorySnapshot> onClose;
    private final Handles handles;
    private final KeyProbe probe = new KeyProbe();
    private boolean closed;

    MemorySnapshot(MemoryEngine engine, Consumer<MemorySnapshot> onClose) {
        this.engine = engine;
        this.sequence = engine.store().pin();
        this.onClose = onClose;
        this.handles = new Handles("snapshot of engine " + MemoryEngineProvider.ID + " at " + engine.directory());
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkOpen();
        return engine.store().get(engine.ordinalOf(keyspace), probe.at(key), sequence, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        checkOpen();
        Walk walk = engine.store().walk(engine.ordinalOf(keyspace), sequence);
        return handles.add(new MemoryCursor(engine, walk, handles::remove), "cursor");
    }

    private void checkOpen() {
        if (closed) {
            throw engine.closed("snapshot");
        }
    }

    @Override
    public void close() {
        if (handles.close()) {
            closed = true;
            engine.store().unpin(sequence);
            onClose.accept(this);
        }
    }
}
