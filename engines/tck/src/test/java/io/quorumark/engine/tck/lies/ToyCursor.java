package io.quorumark.engine.tck.lies;

import io.quorumark.engine.Cursor;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Walks one sorted map. */
final class ToyCursor implements Cursor {
    private final ToyEngine engine;
    private final NavigableMap<byte[], byte[]> map;
    private final Consumer<ToyCursor> onClose;
    private Map.@Nullable Entry<byte[], byte[]> at;
    private boolean closed;

    ToyCursor(ToyEngine engine, NavigableMap<byte[], byte[]> map, Consumer<ToyCursor> onClose) {
        this.engine = engine;
        this.map = map;
        this.onClose = onClose;
    }

    private boolean settle(Map.@Nullable Entry<byte[], byte[]> entry) {
        at = entry;
        return entry != null;
    }

    @Override
    public boolean first() {
        checkOpen();
        return settle(map.firstEntry());
    }

    @Override
    public boolean last() {
        checkOpen();
        return settle(map.lastEntry());
    }

    @Override
    public boolean seekCeiling(ByteBuffer key) {
        checkOpen();
        return settle(map.ceilingEntry(ToyChange.bytes(key)));
    }

    @Override
    public boolean seekFloor(ByteBuffer key) {
        checkOpen();
        return settle(map.floorEntry(ToyChange.bytes(key)));
    }

    @Override
    public boolean next() {
        Map.Entry<byte[], byte[]> higher = map.higherEntry(current().getKey());
        if (engine.lie() == Lie.CURSOR_SKIPS_AFTER_DELETE && higher != null && gap(higher.getKey())) {
            higher = map.higherEntry(higher.getKey());
        }
        return settle(higher);
    }

    /** Whether something between here and the next key is missing. */
    private boolean gap(byte[] next) {
        byte[] key = current().getKey();
        return next.length == 1 && key.length == 1 && next[0] - key[0] > 1;
    }

    @Override
    public boolean prev() {
        Map.Entry<byte[], byte[]> lower = map.lowerEntry(current().getKey());
        if (lower == null && engine.lie() == Lie.PREV_STAYS_AT_FIRST) {
            return true;
        }
        return settle(lower);
    }

    @Override
    public ByteBuffer key() {
        return ByteBuffer.wrap(current().getKey());
    }

    @Override
    public ByteBuffer value() {
        return ByteBuffer.wrap(current().getValue());
    }

    private Map.Entry<byte[], byte[]> current() {
        checkOpen();
        Map.Entry<byte[], byte[]> entry = at;
        if (entry == null) {
            throw new IllegalStateException("the cursor is on no entry");
        }
        return entry;
    }

    private void checkOpen() {
        if (closed) {
            throw engine.closed("cursor");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.accept(this);
        }
    }
}
