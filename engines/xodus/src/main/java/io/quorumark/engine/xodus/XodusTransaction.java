package io.quorumark.engine.xodus;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import jetbrains.exodus.env.Store;

/**
 * Xodus's own transaction: optimistic over the whole environment, so that any commit in between is a conflict, whatever keys it touched.
 */
final class XodusTransaction implements Transaction {
    private final XodusEngine engine;
    private final Handles siblings;
    private final jetbrains.exodus.env.Transaction transaction;
    private boolean ended;
    private boolean closed;

    XodusTransaction(XodusEngine engine, Handles siblings) {
        this.engine = engine;
        this.siblings = siblings;
        this.transaction = engine.beginWrite();
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkRunning();
        return engine.get(keyspace, transaction, key, target);
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        checkRunning();
        engine.checkKey(key);
        engine.checkValue(value);
        Store store = engine.store(keyspace);
        try {
            store.put(transaction, Bytes.copyOf(key), Bytes.copyOf(value));
        } catch (RuntimeException e) {
            throw engine.errors().translate("put in a transaction", e);
        }
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        checkRunning();
        engine.checkKey(key);
        Store store = engine.store(keyspace);
        try {
            store.delete(transaction, Bytes.copyOf(key));
        } catch (RuntimeException e) {
            throw engine.errors().translate("delete in a transaction", e);
        }
    }

    @Override
    public void commit(Durability durability) {
        checkRunning();
        engine.checkLevel(durability);
        boolean committed;
        try {
            committed = transaction.commit();
        } catch (RuntimeException e) {
            end();
            throw engine.errors().translate("commit of a transaction", e);
        }
        if (!committed) {
            end();
            throw new EngineException.Conflict(
                    XodusEngineProvider.ID,
                    engine.errors().directory(),
                    "another commit came first, and Xodus compares whole environments; nothing was written: run the"
                            + " transaction again",
                    null);
        }
        ended = true;
        engine.endIdleReads();
    }

    @Override
    public void rollback() {
        checkOpen();
        if (!ended) {
            end();
        }
    }

    private void end() {
        ended = true;
        if (!transaction.isFinished()) {
            transaction.abort();
        }
    }

    private void checkRunning() {
        checkOpen();
        if (ended) {
            throw new IllegalStateException("the transaction has ended; open a new one");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw engine.errors().closed("transaction");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            rollback();
            closed = true;
            siblings.remove(this);
        }
    }
}
