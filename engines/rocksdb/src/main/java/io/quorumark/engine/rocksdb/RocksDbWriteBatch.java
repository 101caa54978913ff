package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.DirectStaging;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.rocksdb.RocksDBException;

/** A batch in RocksDB's own encoding, so that committing it copies nothing. */
final class RocksDbWriteBatch implements WriteBatch {
    private static final int INITIAL_BYTES = 4 << 10;

    private final OpenDatabase database;
    private final Handles parent;
    private final DirectStaging staging = new DirectStaging();
    private final org.rocksdb.WriteBatch changes = new org.rocksdb.WriteBatch(INITIAL_BYTES);
    private int operationCount;
    private boolean closed;

    RocksDbWriteBatch(OpenDatabase database, Handles parent) {
        this.database = database;
        this.parent = parent;
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        requireOpen();
        database.checkKey(key);
        database.checkValue(value);
        ByteBuffer directKey = staging.key(key);
        ByteBuffer directValue = staging.value(value);
        int keyPosition = directKey.position();
        int valuePosition = directValue.position();
        try {
            changes.put(database.family(keyspace), directKey, directValue);
        } catch (RocksDBException e) {
            throw database.errors().of("adding a put to a batch", e);
        } finally {
            directKey.position(keyPosition);
            directValue.position(valuePosition);
        }
        operationCount++;
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        requireOpen();
        database.checkKey(key);
        ByteBuffer directKey = staging.key(key);
        int keyPosition = directKey.position();
        try {
            changes.delete(database.family(keyspace), directKey);
        } catch (RocksDBException e) {
            throw database.errors().of("adding a delete to a batch", e);
        } finally {
            directKey.position(keyPosition);
        }
        operationCount++;
    }

    @Override
    public void deleteRange(Keyspace keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
        requireOpen();
        byte[] from = bytes(fromInclusive);
        byte[] to = bytes(toExclusive);
        // RocksDB would refuse the whole commit for a reversed range.
        if (Arrays.compareUnsigned(from, to) < 0) {
            try {
                changes.deleteRange(database.family(keyspace), from, to);
            } catch (RocksDBException e) {
                throw database.errors().of("adding a range delete to a batch", e);
            }
        }
        operationCount++;
    }

    @Override
    public int operationCount() {
        requireOpen();
        return operationCount;
    }

    @Override
    public void clear() {
        requireOpen();
        changes.clear();
        operationCount = 0;
    }

    /**
     * For the session that commits it.
     *
     * @throws IllegalArgumentException it is not a batch of {@code target}
     */
    static org.rocksdb.WriteBatch changesOf(WriteBatch batch, OpenDatabase target) {
        if (batch instanceof RocksDbWriteBatch own && own.database == target) {
            own.requireOpen();
            return own.changes;
        }
        throw new IllegalArgumentException("the batch is not of the engine at "
                + target.errors().directory() + "; make it with newBatch of the session that commits it");
    }

    private void requireOpen() {
        if (closed) {
            throw database.errors().closed("batch");
        }
    }

    private static byte[] bytes(ByteBuffer source) {
        byte[] copy = new byte[source.remaining()];
        source.get(source.position(), copy);
        return copy;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            changes.close();
            parent.remove(this);
        }
    }
}
