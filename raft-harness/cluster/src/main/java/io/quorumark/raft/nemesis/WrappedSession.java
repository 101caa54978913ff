package io.quorumark.raft.nemesis;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;

/** A session that is as the one inside it, but for what a subclass changes. */
public class WrappedSession implements Session {
    private final Session real;

    protected WrappedSession(Session real) {
        this.real = real;
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        return real.get(keyspace, key, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        return real.openCursor(keyspace);
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        return real.allocate(bytes);
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
        real.put(keyspace, key, value, durability);
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
        real.delete(keyspace, key, durability);
    }

    @Override
    public WriteBatch newBatch() {
        return real.newBatch();
    }

    @Override
    public void commit(WriteBatch batch, Durability durability) {
        real.commit(batch, durability);
    }

    @Override
    public Snapshot openSnapshot() {
        return real.openSnapshot();
    }

    @Override
    public Transaction openTransaction() {
        return real.openTransaction();
    }

    @Override
    public void close() {
        real.close();
    }
}
