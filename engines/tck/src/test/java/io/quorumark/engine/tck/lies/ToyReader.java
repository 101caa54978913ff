package io.quorumark.engine.tck.lies;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a state: one that stands still, or always the latest. */
final class ToyReader implements Snapshot {
    private final ToyEngine engine;
    private final Supplier<ToyState> state;
    private final Consumer<ToyReader> onClose;
    private final Handles handles;
    private boolean closed;

    ToyReader(ToyEngine engine, Supplier<ToyState> state, String kind, Consumer<ToyReader> onClose) {
        this.engine = engine;
        this.state = state;
        this.onClose = onClose;
        this.handles = new Handles(kind + " of engine toy");
    }

    Handles handles() {
        return handles;
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkOpen();
        byte[] value = value(keyspace, key);
        if (engine.lie() == Lie.MOVED_KEY) {
            key.position(key.limit());
        }
        if (value == null) {
            return Reader.NOT_FOUND;
        }
        if (value.length <= target.remaining()) {
            target.put(value);
        }
        return value.length;
    }

    private byte @Nullable [] value(Keyspace keyspace, ByteBuffer key) {
        return state.get().maps().get(engine.ordinalOf(keyspace)).get(ToyChange.bytes(key));
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        checkOpen();
        return handles.add(
                new ToyCursor(engine, state.get().maps().get(engine.ordinalOf(keyspace)), handles::remove), "cursor");
    }

    void checkOpen() {
        if (closed) {
            throw engine.closed("reader");
        }
    }

    @Override
    public void close() {
        if (!closed && handles.close()) {
            closed = true;
            onClose.accept(this);
        }
    }
}
