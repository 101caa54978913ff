package io.quorumark.engine.mvstore;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A walk over one map of one pinned state. MVStore's own cursors go one way; a turn opens another. */
final class MvStoreCursor implements Cursor {
    private final OpenStore store;
    private final PinnedState state;
    private final boolean owned;
    private final int ordinal;
    private final Handles siblings;
    private org.h2.mvstore.@Nullable Cursor<byte[], byte[]> walk;
    private boolean ascending;
    private byte @Nullable [] key;
    private byte @Nullable [] value;
    private boolean closed;

    private MvStoreCursor(OpenStore store, PinnedState state, boolean owned, int ordinal, Handles siblings) {
        this.store = store;
        this.state = state;
        this.owned = owned;
        this.ordinal = ordinal;
        this.siblings = siblings;
    }

    /** Over the latest state, which it keeps until it is closed. */
    static MvStoreCursor owning(OpenStore store, int ordinal, Handles siblings) {
        return new MvStoreCursor(store, store.pin(), true, ordinal, siblings);
    }

    static MvStoreCursor over(OpenStore store, PinnedState state, int ordinal, Handles siblings) {
        return new MvStoreCursor(store, state, false, ordinal, siblings);
    }

    @Override
    public boolean first() {
        return start(null, true);
    }

    @Override
    public boolean last() {
        return start(null, false);
    }

    @Override
    public boolean seekCeiling(ByteBuffer target) {
        return start(Bytes.copyOf(target), true);
    }

    @Override
    public boolean seekFloor(ByteBuffer target) {
        return start(Bytes.copyOf(target), false);
    }

    @Override
    public boolean next() {
        return step(true);
    }

    @Override
    public boolean prev() {
        return step(false);
    }

    private boolean start(byte @Nullable [] from, boolean up) {
        checkOpen();
        ascending = up;
        try {
            walk = store.map(ordinal).cursor(state.root(ordinal), from, null, !up);
        } catch (RuntimeException e) {
            throw store.failed("cursor move", e);
        }
        return advance();
    }

    private boolean step(boolean up) {
        byte[] from = onEntry(key);
        // The first entry of a walk that turns is the one it is on.
        return up == ascending ? advance() : start(from, up) && advance();
    }

    private boolean advance() {
        org.h2.mvstore.Cursor<byte[], byte[]> on = onEntry(walk);
        try {
            if (on.hasNext()) {
                key = on.next();
                value = on.getValue();
                return true;
            }
        } catch (RuntimeException e) {
            throw store.failed("cursor move", e);
        }
        key = null;
        value = null;
        return false;
    }

    @Override
    public ByteBuffer key() {
        return ByteBuffer.wrap(onEntry(key));
    }

    @Override
    public ByteBuffer value() {
        return ByteBuffer.wrap(onEntry(value));
    }

    private <T> T onEntry(@Nullable T held) {
        checkOpen();
        if (held == null) {
            throw new IllegalStateException("the cursor is on no entry; move it with first, last or a seek");
        }
        return held;
    }

    private void checkOpen() {
        if (closed) {
            throw store.errors().closed("cursor");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (owned) {
                state.release();
            }
            siblings.remove(this);
        }
    }
}
