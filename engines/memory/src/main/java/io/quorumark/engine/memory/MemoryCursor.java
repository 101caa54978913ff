package io.quorumark.engine.memory;

import io.quorumark.engine.Cursor;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks one keyspace at a pinned sequence, passing over what that sequence does not see. Going on in one direction allocates nothing but
 * the buffers that are asked for; a turn begins a new walk.
 */
final class MemoryCursor implements Cursor {
    private final MemoryEngine engine;
    private final VersionedMap map;
    private final long sequence;
    private final Consumer<MemoryCursor> onClose;
    private final KeyProbe probe = new KeyProbe();
    private @Nullable Iterator<Chain> walk;
    private boolean walksForward;
    private byte @Nullable [] key;
    private byte @Nullable [] value;
    private @Nullable ByteBuffer keyBuffer;
    private @Nullable ByteBuffer valueBuffer;
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
        return begin(map.fromFirst(), true);
    }

    @Override
    public boolean last() {
        checkOpen();
        return begin(map.fromLast(), false);
    }

    @Override
    public boolean seekCeiling(ByteBuffer wanted) {
        checkOpen();
        return begin(map.from(probe.at(wanted), true), true);
    }

    @Override
    public boolean seekFloor(ByteBuffer wanted) {
        checkOpen();
        return begin(map.downFrom(probe.at(wanted), true), false);
    }

    @Override
    public boolean next() {
        byte[] current = currentKey();
        Iterator<Chain> going = walk;
        return (going != null && walksForward) ? settle(going) : begin(map.from(current, false), true);
    }

    @Override
    public boolean prev() {
        byte[] current = currentKey();
        Iterator<Chain> going = walk;
        return (going != null && !walksForward) ? settle(going) : begin(map.downFrom(current, false), false);
    }

    private boolean begin(Iterator<Chain> chains, boolean forward) {
        walk = chains;
        walksForward = forward;
        return settle(chains);
    }

    private boolean settle(Iterator<Chain> chains) {
        keyBuffer = null;
        valueBuffer = null;
        while (chains.hasNext()) {
            Chain chain = chains.next();
            Version version = chain.at(sequence);
            if (version != null && version.value != null) {
                key = chain.key;
                value = version.value;
                return true;
            }
        }
        return leave();
    }

    @Override
    public ByteBuffer key() {
        byte[] current = currentKey();
        ByteBuffer buffer = keyBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.wrap(current);
            keyBuffer = buffer;
        }
        return buffer;
    }

    @Override
    public ByteBuffer value() {
        currentKey();
        byte[] current = value;
        if (current == null) {
            throw noEntry();
        }
        ByteBuffer buffer = valueBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.wrap(current);
            valueBuffer = buffer;
        }
        return buffer;
    }

    private boolean leave() {
        walk = null;
        key = null;
        value = null;
        keyBuffer = null;
        valueBuffer = null;
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
