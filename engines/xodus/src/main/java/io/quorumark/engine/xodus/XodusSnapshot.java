package io.quorumark.engine.xodus;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import jetbrains.exodus.env.Transaction;

/** A read-only transaction. While it is open, Xodus keeps every log file that its state needs. */
final class XodusSnapshot implements Snapshot {
    private final XodusEngine engine;
    private final Handles siblings;
    private final Handles children;
    private final Transaction transaction;
    private boolean closed;

    XodusSnapshot(XodusEngine engine, Handles siblings) {
        this.engine = engine;
        this.siblings = siblings;
        this.children = new Handles("snapshot of " + engine);
        this.transaction = engine.beginRead();
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkOpen();
        return engine.get(keyspace, transaction, key, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        checkOpen();
        // A transaction of its own on the same state: a transaction's open trees are for one thread at a time.
        return children.add(
                new XodusCursor(engine.errors(), children, engine.store(keyspace), transaction.getReadonlySnapshot()),
                "cursor");
    }

    @Override
    public void close() {
        if (children.close()) {
            closed = true;
            transaction.abort();
            siblings.remove(this);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw engine.errors().closed("snapshot");
        }
    }
}
