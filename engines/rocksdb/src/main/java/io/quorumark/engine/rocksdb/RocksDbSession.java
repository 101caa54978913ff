package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.DirectStaging;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * One thread's way into the database. RocksDB itself needs no session: this one holds the memory that heap buffers pass through, and its
 * children.
 */
final class RocksDbSession implements Session {
    private final OpenDatabase database;
    private final Handles parent;
    private final Handles children;
    private final DirectStaging staging = new DirectStaging();
    private final CursorBuffers.Spare spare = new CursorBuffers.Spare();
    private final PointReads reads;
    private boolean closed;

    RocksDbSession(OpenDatabase database, Handles parent) {
        this.database = database;
        this.parent = parent;
        this.children = new Handles("session of " + RocksDbEngineProvider.ID + " at "
                + database.errors().directory());
        this.reads = new PointReads(database, database.readLatest(), staging);
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        requireOpen();
        return ByteBuffer.allocateDirect(bytes);
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        requireOpen();
        return reads.get(keyspace, key, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        requireOpen();
        return children.add(new RocksDbCursor(database, children, spare, keyspace, database.readLatest()), "cursor");
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
        requireOpen();
        database.checkKey(key);
        database.checkValue(value);
        WriteOptions options = database.writeOptions(durability);
        ByteBuffer directKey = staging.key(key);
        ByteBuffer directValue = staging.value(value);
        int keyPosition = directKey.position();
        int valuePosition = directValue.position();
        try {
            database.db().put(database.family(keyspace), options, directKey, directValue);
        } catch (RocksDBException e) {
            throw database.errors().of("put into '" + keyspace.name() + "'", e);
        } finally {
            directKey.position(keyPosition);
            directValue.position(valuePosition);
        }
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
        requireOpen();
        database.checkKey(key);
        WriteOptions options = database.writeOptions(durability);
        ByteBuffer directKey = staging.key(key);
        int keyPosition = directKey.position();
        try {
            database.db().delete(database.family(keyspace), options, directKey);
        } catch (RocksDBException e) {
            throw database.errors().of("delete from '" + keyspace.name() + "'", e);
        } finally {
            directKey.position(keyPosition);
        }
    }

    @Override
    public WriteBatch newBatch() {
        requireOpen();
        return children.add(new RocksDbWriteBatch(database, children), "batch");
    }

    @Override
    public void commit(WriteBatch batch, Durability durability) {
        requireOpen();
        WriteOptions options = database.writeOptions(durability);
        org.rocksdb.WriteBatch changes = RocksDbWriteBatch.changesOf(batch, database);
        if (batch.operationCount() == 0) {
            return;
        }
        try {
            database.write(options, changes);
        } catch (RocksDBException e) {
            throw database.errors().of("committing a batch of " + batch.operationCount() + " changes", e);
        }
    }

    @Override
    public Snapshot openSnapshot() {
        requireOpen();
        return children.add(new RocksDbSnapshot(database, children, spare), "snapshot");
    }

    private void requireOpen() {
        if (closed) {
            throw database.errors().closed("session");
        }
    }

    @Override
    public Transaction openTransaction() {
        requireOpen();
        return children.add(new RocksDbTransaction(database, children), "transaction");
    }

    @Override
    public void close() {
        if (children.close()) {
            closed = true;
            parent.remove(this);
        }
    }
}
