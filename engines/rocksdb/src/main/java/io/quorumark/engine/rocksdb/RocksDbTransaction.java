package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import org.rocksdb.OptimisticTransactionOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * RocksDB's optimistic transaction with a snapshot from its opening. Every read is one "for update", so that the key counts as touched. RocksDB compares with
 * what its write buffers remember: a transaction that is older than they reach conflicts too.
 */
final class RocksDbTransaction implements Transaction {
    private final OpenDatabase database;
    private final Handles parent;
    private final org.rocksdb.Transaction transaction;
    private final ReadOptions options;
    private boolean ended;
    private boolean closed;

    RocksDbTransaction(OpenDatabase database, Handles parent) {
        this.database = database;
        this.parent = parent;
        try (OptimisticTransactionOptions withSnapshot = new OptimisticTransactionOptions().setSetSnapshot(true)) {
            this.transaction = database.db().beginTransaction(database.anyWriteOptions(), withSnapshot);
        }
        this.options = new ReadOptions().setSnapshot(transaction.getSnapshot());
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        requireRunning();
        try {
            byte[] value = transaction.getForUpdate(options, database.family(keyspace), copy(key), true);
            if (value == null) {
                return Reader.NOT_FOUND;
            }
            if (value.length <= target.remaining()) {
                target.put(value);
            }
            return value.length;
        } catch (RocksDBException e) {
            throw failed("get from '" + keyspace.name() + "' in a transaction", e);
        }
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        requireRunning();
        database.checkKey(key);
        database.checkValue(value);
        try {
            transaction.put(database.family(keyspace), copy(key), copy(value));
        } catch (RocksDBException e) {
            throw failed("put into '" + keyspace.name() + "' in a transaction", e);
        }
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        requireRunning();
        database.checkKey(key);
        try {
            transaction.delete(database.family(keyspace), copy(key));
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
            ended = true;
        } catch (RocksDBException e) {
            throw failed("committing a transaction", e);
        }
    }

    private EngineException failed(String action, RocksDBException e) {
        Status status = e.getStatus();
        if (status != null && (status.getCode() == Status.Code.Busy || status.getCode() == Status.Code.TryAgain)) {
            rollback();
            return new EngineException.Conflict(
                    RocksDbEngineProvider.ID,
                    database.errors().directory(),
                    action + " met another commit to a touched key; nothing was written: run the transaction again",
                    e);
        }
        return database.errors().of(action, e);
    }

    @Override
    public void rollback() {
        requireOpen();
        if (ended) {
            return;
        }
        ended = true;
        try {
            transaction.rollback();
        } catch (RocksDBException e) {
            throw database.errors().of("rolling a transaction back", e);
        }
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    private void requireRunning() {
        requireOpen();
        if (ended) {
            throw new IllegalStateException("the transaction has ended; open a new one");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw database.errors().closed("transaction");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        rollback();
        closed = true;
        options.close();
        transaction.close();
        parent.remove(this);
    }
}
