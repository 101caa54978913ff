package io.quorumark.engine.noop;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.Unclaimed;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Takes every write and finds nothing. Also its own snapshot: one empty state is like another. */
final class NullSession implements Session, Snapshot {
    private final Path directory;
    private final Consumer<NullSession> onClose;

    NullSession(Path directory, Consumer<NullSession> onClose) {
        this.directory = directory;
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
        return new NullSession(directory, snapshot -> {});
    }

    @Override
    public Transaction openTransaction() {
        throw Unclaimed.refuse(NullEngineProvider.ID, directory, Ability.TRANSACTIONS);
    }

    @Override
    public void close() {
        onClose.accept(this);
    }
}
