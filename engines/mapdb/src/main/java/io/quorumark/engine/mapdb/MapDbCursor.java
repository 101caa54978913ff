package io.quorumark.engine.mapdb;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.HeapBatch;
import java.nio.ByteBuffer;

/**
 * A walk in chunks. Each chunk is of one committed state; over a session's trees a later chunk may be of a later one, since MapDB keeps no
 * older state.
 */
final class MapDbCursor implements Cursor {
    private static final int OFF_ENTRY = -1;
    private static final int INITIAL_BUFFER_BYTES = 256;

    private final Trees trees;
    private final Keyspace keyspace;
    private final Handles siblings;
    private final EntryChunk chunk = new EntryChunk();
    private int index = OFF_ENTRY;
    private ByteBuffer key = ByteBuffer.allocate(INITIAL_BUFFER_BYTES);
    private ByteBuffer value = ByteBuffer.allocate(INITIAL_BUFFER_BYTES);
    private boolean keyRead;
    private boolean valueRead;
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
        return start(new EntryChunk.Start(HeapBatch.copyOf(target), true, true));
    }

    @Override
    public boolean seekFloor(ByteBuffer target) {
        return start(new EntryChunk.Start(HeapBatch.copyOf(target), true, false));
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
        if (!keyRead) {
            byte[] bytes = chunk.key(index);
            if (bytes.length > key.capacity()) {
                key = larger(key, bytes.length);
            }
            fill(key, bytes);
            keyRead = true;
        }
        return key;
    }

    @Override
    public ByteBuffer value() {
        checkOnEntry();
        if (!valueRead) {
            byte[] bytes = chunk.value(index);
            if (bytes.length > value.capacity()) {
                value = larger(value, bytes.length);
            }
            fill(value, bytes);
            valueRead = true;
        }
        return value;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            index = OFF_ENTRY;
            siblings.remove(this);
        }
    }

    private static ByteBuffer larger(ByteBuffer buffer, int length) {
        return ByteBuffer.allocate(Math.max(length, 2 * buffer.capacity()));
    }

    /** Copies into a buffer that is kept from entry to entry: cheaper than a new one around each array. */
    private static void fill(ByteBuffer target, byte[] bytes) {
        target.clear().put(bytes).flip();
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
        keyRead = false;
        valueRead = false;
        return newIndex != OFF_ENTRY;
    }

    private void checkOpen() {
        if (closed) {
            throw trees.errors().closed("cursor");
        }
    }

    private void checkOnEntry() {
        if (index == OFF_ENTRY) {
            checkOpen();
            throw new IllegalStateException("the cursor is on no entry; move it with first, last or a seek");
        }
    }
}
