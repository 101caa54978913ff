package io.quorumark.engine.memory;

import io.quorumark.engine.Cursor;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Walks one keyspace at a pinned sequence, passing over what that sequence does not see. */
final class MemoryCursor implements Cursor {
    private final MemoryEngine engine;
    private final VersionedMap map;
    private final long sequence;
    private final Consumer<MemoryCursor> onClose;
    private byte @Nullable [] key;
    private byte @Nullable [] value;
    private boolean closed;

    MemoryCursor(MemoryEngine engine, VersionedMap map, long sequence, Consumer<MemoryCursor> onClose) {
        this.engine = engine;
        this.map = map;
        this.sequence = sequence;
        this.onClose = onClose;
    }

    @Override
    public boolean first() {
        checkOpen();
        return forwardFrom(map.first());
    }

    @Override
    public boolean last() {
        checkOpen();
        return backwardFrom(map.last());
    }

    @Override
    public boolean seekCeiling(ByteBuffer wanted) {
        checkOpen();
        return forwardFrom(map.ceiling(Bytes.copy(wanted)));
    }

    @Override
    public boolean seekFloor(ByteBuffer wanted) {
        checkOpen();
        return backwardFrom(map.floor(Bytes.copy(wanted)));
    }

    @Override
    public boolean next() {
        return forwardFrom(map.higher(currentKey()));
    }

    @Override
    public boolean prev() {
        return backwardFrom(map.lower(currentKey()));
    }

    @Override
    public ByteBuffer key() {
        return ByteBuffer.wrap(currentKey());
    }

    @Override
    public ByteBuffer value() {
        currentKey();
        byte[] current = value;
        if (current == null) {
            throw noEntry();
        }
        return ByteBuffer.wrap(current);
    }

    private boolean forwardFrom(Map.@Nullable Entry<byte[], Chain> start) {
        Map.Entry<byte[], Chain> entry = start;
        while (entry != null && !settleOn(entry)) {
            entry = map.higher(entry.getKey());
        }
        return entry != null || leave();
    }

    private boolean backwardFrom(Map.@Nullable Entry<byte[], Chain> start) {
        Map.Entry<byte[], Chain> entry = start;
        while (entry != null && !settleOn(entry)) {
            entry = map.lower(entry.getKey());
        }
        return entry != null || leave();
    }

    private boolean settleOn(Map.Entry<byte[], Chain> entry) {
        Version version = Version.at(entry.getValue().newest, sequence);
        if (version == null || version.value == null) {
            return false;
        }
        key = entry.getKey();
        value = version.value;
        return true;
    }

    private boolean leave() {
        key = null;
        value = null;
        return false;
    }

    private byte[] currentKey() {
        checkOpen();
        byte[] current = key;
        if (current == null) {
            throw noEntry();
        }
        return current;
    }

    private static IllegalStateException noEntry() {
        return new IllegalStateException("the cursor is on no entry; move it with first, last or a seek");
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
            leave();
            onClose.accept(this);
        }
    }
}
