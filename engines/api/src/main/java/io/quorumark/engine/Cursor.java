package io.quorumark.engine;

import java.nio.ByteBuffer;

/**
 * Walks one keyspace in the order of keys as unsigned bytes. For one thread at a time.
 *
 * <p>Every move answers whether the cursor is now on an entry. After a move that answered false, the cursor is on no entry: {@link #key()}
 * and {@link #value()} throw {@link IllegalStateException}, and so do {@link #next()} and {@link #prev()}; an absolute move makes it usable
 * again.
 */
public interface Cursor extends AutoCloseable {
    /** Moves to the smallest key. */
    boolean first();

    /** Moves to the largest key. */
    boolean last();

    /** Moves to the smallest key that is equal to or larger than {@code key}. */
    boolean seekCeiling(ByteBuffer key);

    /** Moves to the largest key that is equal to or smaller than {@code key}. */
    boolean seekFloor(ByteBuffer key);

    /** Moves to the next larger key. */
    boolean next();

    /** Moves to the next smaller key. */
    boolean prev();

    /**
     * The current key, borrowed: read-only by agreement, and valid until the next move or close. The buffer object may be the same one
     * every time. It may be memory that is mapped from the engine's file: if a damaged length reaches beyond the file, reading it throws
     * {@link InternalError}.
     */
    ByteBuffer key();

    /** The current value, borrowed like {@link #key()}. */
    ByteBuffer value();

    /** Frees what the cursor holds. A second close does nothing. */
    @Override
    void close();
}
