package io.quorumark.engine.memory;

import io.quorumark.engine.Cursor;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A walk with the checks of a cursor. Key and value are copies, in memory that the next move uses again: nothing is allocated. */
final class MemoryCursor implements Cursor {
    private final MemoryEngine engine;
    private final Walk walk;
    private final Consumer<MemoryCursor> onClose;
    private final KeyProbe probe = new KeyProbe();
    private boolean onEntry;
    private boolean closed;

    MemoryCursor(MemoryEngine engine, Walk walk, Consumer<MemoryCursor> onClose) {
        this.engine = engine;
        this.walk = walk;
        this.onClose = onClose;
    }

    @Override
    public boolean first() {
        return go(Seek.FIRST);
    }

    @Override
    public boolean last() {
        return go(Seek.LAST);
    }

    @Override
    public boolean seekCeiling(ByteBuffer wanted) {
        probe.at(wanted);
        return go(Seek.CEILING);
    }

    @Override
    public boolean seekFloor(ByteBuffer wanted) {
        probe.at(wanted);
        return go(Seek.FLOOR);
    }

    private boolean go(Seek seek) {
        checkOpen();
        onEntry = walk.go(seek, probe);
        return onEntry;
    }

    @Override
    public boolean next() {
        return goOn(true);
    }

    @Override
    public boolean prev() {
        return goOn(false);
    }

    private boolean goOn(boolean upwards) {
        checkOnEntry();
        onEntry = walk.goOn(upwards);
        return onEntry;
    }

    @Override
    public ByteBuffer key() {
        checkOnEntry();
        return walk.key().buffer();
    }

    @Override
    public ByteBuffer value() {
        checkOnEntry();
        return walk.value().buffer();
    }

    private void checkOnEntry() {
        checkOpen();
        if (!onEntry) {
            throw new IllegalStateException("the cursor is on no entry; move it with first, last or a seek");
        }
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
