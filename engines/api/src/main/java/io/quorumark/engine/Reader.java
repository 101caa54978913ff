package io.quorumark.engine;

import java.nio.ByteBuffer;

/** A view that can be read: a {@link Session} shows the latest committed state, a {@link Snapshot} one that stands still. */
public interface Reader {
    /** The length that {@link #get} gives for a key that is not there. */
    int NOT_FOUND = -1;

    /**
     * Reads one value.
     *
     * @param key the bytes between position and limit; left as they are
     * @param target where the value goes, from its position on; on a hit that fits, its position is moved past the value
     * @return the value's length in bytes; {@link #NOT_FOUND}; or, if {@code target} has less room than that, the length, with
     * {@code target} untouched, so that the caller can come again with a larger one
     */
    int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target);

    /**
     * Opens a cursor, on no entry yet. On a session it shows the state at its opening or a later committed one; on a snapshot, that
     * snapshot. The caller closes it before the reader.
     */
    Cursor openCursor(Keyspace keyspace);
}
