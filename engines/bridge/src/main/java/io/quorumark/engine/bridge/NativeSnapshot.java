package io.quorumark.engine.bridge;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;

/** A state that the engine keeps for its readers. */
final class NativeSnapshot implements Snapshot {
    private static final int NO_OUT = 0;

    private final OpenNative engine;
    private final Handles parent;
    private final Handles children;
    private final CallRecord call = new CallRecord(NO_OUT);
    private final PointReads reads;
    private final long handle;
    private boolean closed;

    NativeSnapshot(OpenNative engine, Handles parent, long session) {
        this.engine = engine;
        this.parent = parent;
        this.children = new Handles("snapshot of " + engine.errors().engineId() + " at "
                + engine.errors().directory());
        this.reads = new PointReads(engine);
        engine.check("opening a snapshot", engine.calls().qm_snapshot_open(session, call.address()), call);
        this.handle = call.handle();
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        requireOpen();
        return reads.get(handle, keyspace, key, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        requireOpen();
        return children.add(new NativeCursor(engine, children, handle, keyspace), "cursor");
    }

    private void requireOpen() {
        if (closed) {
            throw engine.checks().closed("snapshot");
        }
    }

    @Override
    public void close() {
        if (children.close()) {
            closed = true;
            parent.remove(this);
            engine.check("closing a snapshot", engine.calls().qm_snapshot_close(handle, call.address()), call);
        }
    }
}
