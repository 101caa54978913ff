package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.support.DirectStaging;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.GetStatus;
import org.rocksdb.OptimisticTransactionOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * RocksDB's optimistic transaction over a snapshot from its opening. Each read is one "for update", so that its key is compared at commit
 * like those that are written. RocksDB compares with what is not flushed yet: a transaction that was open while a touched keyspace was
 * flushed conflicts too.
 */
final class RocksDbTransaction implements Transaction {
    private enum State {
        RUNNING,
        ENDED,
        CLOSED
    }

    private static final int FIRST_ROOM_BYTES = 4 << 10;

    private final OpenDatabase database;
    private final Handles parent;
    private final DirectStaging staging = new DirectStaging();
    private final org.rocksdb.Transaction transaction;
    private final ReadOptions atOpening;
    private State state = State.RUNNING;

    RocksDbTransaction(OpenDatabase database, Handles parent) {
        this.database = database;
        this.parent = parent;
        try (OptimisticTransactionOptions options = new OptimisticTransactionOptions().setSetSnapshot(true)) {
            this.transaction = database.db().beginTransaction(database.strongestWriteOptions(), options);
        }
        this.atOpening = new ReadOptions().setSnapshot(transaction.getSnapshot());
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        requireRunning();
        ColumnFamilyHandle family = database.family(keyspace);
        ByteBuffer directKey = staging.key(key);
        int keyPosition = directKey.position();
        ByteBuffer value = staging.room(FIRST_ROOM_BYTES);
        try {
            GetStatus found = transaction.getForUpdate(atOpening, family, directKey, value, true);
            if (found.requiredSize > value.capacity() && found.requiredSize <= target.remaining()) {
                value = staging.room(found.requiredSize);
                directKey.position(keyPosition);
                found = transaction.getForUpdate(atOpening, family, directKey, value, true);
            }
            if (found.status.getCode() == Status.Code.NotFound) {
                return Reader.NOT_FOUND;
            }
            if (found.requiredSize <= target.remaining()) {
                // Unlike the database's own get, this one leaves the limit as it was.
                target.put(value.clear().limit(found.requiredSize));
            }
            return found.requiredSize;
        } catch (RocksDBException e) {
            throw failed("get from '" + keyspace.name() + "' in a transaction", e);
        } finally {
            directKey.position(keyPosition);
        }
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        requireRunning();
        database.checkKey(key);
        database.checkValue(value);
        ByteBuffer directKey = staging.key(key);
        ByteBuffer directValue = staging.value(value);
        int keyPosition = directKey.position();
        int valuePosition = directValue.position();
        try {
            transaction.put(database.family(keyspace), directKey, directValue);
        } catch (RocksDBException e) {
            throw failed("put into '" + keyspace.name() + "' in a transaction", e);
        } finally {
            directKey.position(keyPosition);
            directValue.position(valuePosition);
        }
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        requireRunning();
        database.checkKey(key);
        byte[] copy = new byte[key.remaining()];
        key.get(key.position(), copy);
        try {
            transaction.delete(database.family(keyspace), copy);
        } catch (RocksDBException e) {
            throw failed("delete from '" + keyspace.name() + "' in a transaction", e);
        }
    }

    @Override
    public void commit(Durability durability) {
        requireRunning();
        transaction.setWriteOptions(database.writeOptions(durability));
        try {
            transaction.commit();
        } catch (RocksDBException e) {
            throw failed("committing a transaction", e);
        }
        state = State.ENDED;
    }

    /** Whatever failed, nothing of it is to be committed later. */
    private EngineException failed(String action, RocksDBException e) {
        EngineException failure = database.errors().ofTransaction(action, e);
        try {
            rollback();
        } catch (EngineException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
        return failure;
    }

    @Override
    public void rollback() {
        if (state == State.CLOSED) {
            throw database.errors().closed("transaction");
        }
        if (state == State.RUNNING) {
            state = State.ENDED;
            try {
                transaction.rollback();
            } catch (RocksDBException e) {
                throw database.errors().of("rolling a transaction back", e);
            }
        }
    }

    private void requireRunning() {
        if (state == State.CLOSED) {
            throw database.errors().closed("transaction");
        }
        if (state == State.ENDED) {
            throw new IllegalStateException("the transaction on " + RocksDbEngineProvider.ID + " at "
                    + database.errors().directory() + " has ended; open a new one");
        }
    }

    @Override
    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        try {
            rollback();
        } finally {
            state = State.CLOSED;
            atOpening.close();
            transaction.close();
            parent.remove(this);
        }
    }
}
