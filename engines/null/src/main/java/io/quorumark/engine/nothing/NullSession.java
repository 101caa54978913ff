package io.quorumark.engine.nothing;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Takes every write and finds nothing. Also its own snapshot: one empty state is like another. */
final class NullSession implements Session, Snapshot {
    private final Consumer<NullSession> onClose;

    NullSession(Consumer<NullSession> onClose) {
        this.onClose = onClose;
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes);
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        return NOT_FOUND;
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        return new NullCursor();
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
        // Forgotten at once.
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
        // There was nothing.
    }

    @Override
    public WriteBatch newBatch() {
        return new NullBatch();
    }

    @Override
    public void commit(WriteBatch batch, Durability durability) {
        // Forgotten at once.
    }

    @Override
    public Snapshot openSnapshot() {
        return new NullSession(snapshot -> {});
    }

    @Override
    public void close() {
        onClose.accept(this);
    }
}
