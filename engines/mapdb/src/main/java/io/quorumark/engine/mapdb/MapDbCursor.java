package io.quorumark.engine.mapdb;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A walk in chunks. Each chunk is of one committed state; over a session's trees a later chunk may be of a later one, since MapDB keeps no older state.
 */
final class MapDbCursor implements Cursor {
    private static final int OFF_ENTRY = -1;

    private final Trees trees;
    private final Keyspace keyspace;
    private final Handles siblings;
    private final EntryChunk chunk = new EntryChunk();
    private int index = OFF_ENTRY;
    private @Nullable ByteBuffer key;
    private @Nullable ByteBuffer value;
    private boolean closed;

    MapDbCursor(Trees trees, Keyspace keyspace, Handles siblings) {
        this.trees = trees;
        this.keyspace = keyspace;
        this.siblings = siblings;
    }

    @Override
    public boolean first() {
        return start(new EntryChunk.Start(null, true, true));
    }

    @Override
    public boolean last() {
        return start(new EntryChunk.Start(null, true, false));
    }

    @Override
    public boolean seekCeiling(ByteBuffer target) {
        return start(new EntryChunk.Start(Bytes.copyOf(target), true, true));
    }

    @Override
    public boolean seekFloor(ByteBuffer target) {
        return start(new EntryChunk.Start(Bytes.copyOf(target), true, false));
    }

    @Override
    public boolean next() {
        return step(true);
    }

    @Override
    public boolean prev() {
        return step(false);
    }

    @Override
    public ByteBuffer key() {
        checkOnEntry();
        if (key == null) {
            key = ByteBuffer.wrap(chunk.key(index));
        }
        return key;
    }

    @Override
    public ByteBuffer value() {
        checkOnEntry();
        if (value == null) {
            value = ByteBuffer.wrap(chunk.value(index));
        }
        return value;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            siblings.remove(this);
        }
    }

    private boolean start(EntryChunk.Start start) {
        checkOpen();
        chunk.restart();
        return fill(start);
    }

    private boolean step(boolean larger) {
        checkOnEntry();
        int neighbour = chunk.neighbour(index, larger);
        if (neighbour >= 0) {
            return moveTo(neighbour);
        }
        chunk.growNext();
        return fill(new EntryChunk.Start(chunk.key(index), false, larger));
    }

    private boolean fill(EntryChunk.Start start) {
        moveTo(OFF_ENTRY);
        trees.fill(chunk, keyspace, start);
        return moveTo(chunk.isEmpty() ? OFF_ENTRY : 0);
    }

    private boolean moveTo(int newIndex) {
        index = newIndex;
        key = null;
        value = null;
        return newIndex != OFF_ENTRY;
    }

    private void checkOpen() {
        if (closed) {
            throw trees.errors().closed("cursor");
        }
    }

    private void checkOnEntry() {
        checkOpen();
        if (index == OFF_ENTRY) {
            throw new IllegalStateException("the cursor is on no entry; move it with first, last or a seek");
        }
    }
}
