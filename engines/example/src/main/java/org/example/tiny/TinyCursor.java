package org.example.tiny;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.HeapBatch;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Walks one map of a state. */
final class TinyCursor implements Cursor {
    private final TinyEngine engine;
    private final NavigableMap<byte[], byte[]> map;
    private final Handles siblings;
    private Map.@Nullable Entry<byte[], byte[]> entry;
    private boolean isClosed;

    TinyCursor(TinyEngine engine, NavigableMap<byte[], byte[]> map, Handles siblings) {
        this.engine = engine;
        this.map = map;
        this.siblings = siblings;
    }

    @Override
    public boolean first() {
        checkOpen();
        return moveTo(map.firstEntry());
    }

    @Override
    public boolean last() {
        checkOpen();
        return moveTo(map.lastEntry());
    }

    @Override
    public boolean seekCeiling(ByteBuffer key) {
        checkOpen();
        return moveTo(map.ceilingEntry(HeapBatch.copyOf(key)));
    }

    @Override
    public boolean seekFloor(ByteBuffer key) {
        checkOpen();
        return moveTo(map.floorEntry(HeapBatch.copyOf(key)));
    }

    @Override
    public boolean next() {
        return moveTo(map.higherEntry(current().getKey()));
    }

    @Override
    public boolean prev() {
        return moveTo(map.lowerEntry(current().getKey()));
    }

    @Override
    public ByteBuffer key() {
        return ByteBuffer.wrap(current().getKey());
    }

    @Override
    public ByteBuffer value() {
        return ByteBuffer.wrap(current().getValue());
    }

    private boolean moveTo(Map.@Nullable Entry<byte[], byte[]> target) {
        entry = target;
        return target != null;
    }

    private Map.Entry<byte[], byte[]> current() {
        checkOpen();
        Map.Entry<byte[], byte[]> here = entry;
        if (here == null) {
            throw new IllegalStateException("the cursor is on no entry; move it to one first");
        }
        return here;
    }

    private void checkOpen() {
        if (isClosed) {
            throw engine.closed("cursor");
        }
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            siblings.remove(this);
        }
    }
}
