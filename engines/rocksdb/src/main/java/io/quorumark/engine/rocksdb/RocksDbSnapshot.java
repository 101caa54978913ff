package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.support.DirectStaging;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import org.rocksdb.ReadOptions;

/** A sequence number that RocksDB keeps readable. */
final class RocksDbSnapshot implements Snapshot {
    private final OpenDatabase database;
    private final Handles parent;
    private final CursorBuffers.Spare spare;
    private final org.rocksdb.Snapshot sequence;
    private final ReadOptions options;
    private final PointReads reads;
    private final Handles children;
    private boolean closed;

    RocksDbSnapshot(OpenDatabase database, Handles parent, CursorBuffers.Spare spare) {
        this.database = database;
        this.parent = parent;
        this.spare = spare;
        this.sequence = database.db().getSnapshot();
        this.options = new ReadOptions().setSnapshot(sequence);
        this.reads = new PointReads(database, options, new DirectStaging());
        this.children = new Handles("snapshot of " + RocksDbEngineProvider.ID + " at "
                + database.errors().directory());
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        requireOpen();
        return reads.get(keyspace, key, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        requireOpen();
        return children.add(new RocksDbCursor(database, children, spare, keyspace, options), "cursor");
    }

    private void requireOpen() {
        if (closed) {
            throw database.errors().closed("snapshot");
        }
    }

    @Override
    public void close() {
        if (children.close()) {
            closed = true;
            options.close();
            database.db().releaseSnapshot(sequence);
            parent.remove(this);
        }
    }
}
