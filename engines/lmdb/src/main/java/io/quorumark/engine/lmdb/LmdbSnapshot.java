package io.quorumark.engine.lmdb;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/**
 * A read transaction. While it is open, LMDB reuses none of the pages that it shows, so the file grows with what is overwritten meanwhile.
 */
final class LmdbSnapshot implements Snapshot {
    private final OpenEnvironment environment;
    private final Handles parent;
    private final Handles children;
    private final Txn<ByteBuffer> txn;
    private final PointReads reads;
    private boolean closed;

    LmdbSnapshot(OpenEnvironment environment, Handles parent) {
        this.environment = environment;
        this.parent = parent;
        this.children = new Handles("snapshot of " + LmdbEngineProvider.ID + " at "
                + environment.errors().directory());
        this.txn = environment.beginRead();
        this.reads = new PointReads(environment);
        readRoots();
    }

    /**
     * A transaction finds each named database's root when it first uses it. Done here, nothing in the transaction changes afterwards, and
     * the snapshot and its cursors may be in the hands of different threads.
     */
    private void readRoots() {
        try {
            environment.databases().forEach(database -> database.stat(txn));
        } catch (LmdbException e) {
            txn.close();
            throw environment.errors().of("opening a snapshot", e);
        }
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        requireOpen();
        return reads.get(txn, keyspace, key, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        requireOpen();
        return children.add(LmdbCursor.onSnapshot(environment, children, keyspace, txn), "cursor");
    }

    private void requireOpen() {
        if (closed) {
            throw environment.checks().closed("snapshot");
        }
    }

    @Override
    public void close() {
        if (children.close()) {
            closed = true;
            txn.close();
            parent.remove(this);
        }
    }
}
