package io.quorumark.engine.noop;

import io.quorumark.engine.Cursor;
import java.nio.ByteBuffer;

/** Never on an entry. */
final class NullCursor implements Cursor {
    @Override
    public boolean first() {
        return false;
    }

    @Override
    public boolean last() {
        return false;
    }

    @Override
    public boolean seekCeiling(ByteBuffer key) {
        return false;
    }

    @Override
    public boolean seekFloor(ByteBuffer key) {
        return false;
    }

    @Override
    public boolean next() {
        throw noEntry();
    }

    @Override
    public boolean prev() {
        throw noEntry();
    }

    @Override
    public ByteBuffer key() {
        throw noEntry();
    }

    @Override
    public ByteBuffer value() {
        throw noEntry();
    }

    private static IllegalStateException noEntry() {
        return new IllegalStateException("the cursor is on no entry: this engine stores nothing");
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
