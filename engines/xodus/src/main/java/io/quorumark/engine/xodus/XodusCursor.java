package io.quorumark.engine.xodus;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.Transaction;

/** A walk through the state at its opening, in a read-only transaction of its own. */
final class XodusCursor implements Cursor {
    private static final int INITIAL_BUFFER_BYTES = 256;

    private final XodusErrors errors;
    private final Handles siblings;
    private final Transaction transaction;
    private final jetbrains.exodus.env.Cursor cursor;
    private ByteBuffer key = ByteBuffer.allocate(INITIAL_BUFFER_BYTES);
    private ByteBuffer value = ByteBuffer.allocate(INITIAL_BUFFER_BYTES);
    private boolean keyRead;
    private boolean valueRead;
    private boolean onEntry;
    private boolean closed;

    /** @param transaction owned by this cursor from now on */
    XodusCursor(XodusErrors errors, Handles siblings, Store store, Transaction transaction) {
        this.errors = errors;
        this.siblings = siblings;
        this.transaction = transaction;
        this.cursor = store.openCursor(transaction);
    }

    @Override
    public boolean first() {
        checkOpen();
        try {
            return moved(cursor.getSearchKeyRange(ByteIterable.EMPTY) != null);
        } catch (RuntimeException e) {
            throw errors.translate("cursor first", e);
        }
    }

    @Override
    public boolean last() {
        checkOpen();
        try {
            return moved(cursor.getLast());
        } catch (RuntimeException e) {
            throw errors.translate("cursor last", e);
        }
    }

    @Override
    public boolean seekCeiling(ByteBuffer target) {
        checkOpen();
        try {
            return moved(cursor.getSearchKeyRange(Bytes.copyOf(target)) != null);
        } catch (RuntimeException e) {
            throw errors.translate("cursor seekCeiling", e);
        }
    }

    @Override
    public boolean seekFloor(ByteBuffer target) {
        checkOpen();
        try {
            ArrayByteIterable wanted = Bytes.copyOf(target);
            if (cursor.getSearchKeyRange(wanted) == null) {
                return moved(cursor.getLast());
            }
            return moved(cursor.getKey().compareTo(wanted) == 0 || cursor.getPrev());
        } catch (RuntimeException e) {
            throw errors.translate("cursor seekFloor", e);
        }
    }

    @Override
    public boolean next() {
        checkOnEntry();
        try {
            return moved(cursor.getNext());
        } catch (RuntimeException e) {
            throw errors.translate("cursor next", e);
        }
    }

    @Override
    public boolean prev() {
        checkOnEntry();
        try {
            return moved(cursor.getPrev());
        } catch (RuntimeException e) {
            throw errors.translate("cursor prev", e);
        }
    }

    @Override
    public ByteBuffer key() {
        checkOnEntry();
        if (!keyRead) {
            key = read(cursor.getKey(), key);
            keyRead = true;
        }
        return key;
    }

    @Override
    public ByteBuffer value() {
        checkOnEntry();
        if (!valueRead) {
            value = read(cursor.getValue(), value);
            valueRead = true;
        }
        return value;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onEntry = false;
            cursor.close();
            transaction.abort();
            siblings.remove(this);
        }
    }

    private static ByteBuffer larger(ByteBuffer buffer, int length) {
        return ByteBuffer.allocate(Math.max(length, 2 * buffer.capacity()));
    }

    /**
     * Reads into a buffer that is kept from entry to entry, so that a scan allocates nothing here. Damage may show as any length.
     *
     * @return {@code kept}, or a larger one
     */
    @SuppressWarnings("ByteBufferBackingArray") // both buffers are allocated here
    private ByteBuffer read(ByteIterable source, ByteBuffer kept) {
        try {
            int length = source.getLength();
            ByteBuffer target = length > kept.capacity() ? larger(kept, length) : kept;
            Bytes.read(source, length, target.array(), 0);
            return target.limit(length).position(0);
        } catch (RuntimeException e) {
            throw errors.translate("cursor read", e);
        }
    }

    private boolean moved(boolean nowOnEntry) {
        onEntry = nowOnEntry;
        keyRead = false;
        valueRead = false;
        return nowOnEntry;
    }

    private void checkOpen() {
        if (closed) {
            throw errors.closed("cursor");
        }
    }

    private void checkOnEntry() {
        if (!onEntry) {
            checkOpen();
            throw new IllegalStateException("the cursor is on no entry; move it with first, last or a seek");
        }
    }
}
