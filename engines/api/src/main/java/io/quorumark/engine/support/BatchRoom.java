package io.quorumark.engine.support;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Reader;
import java.nio.ByteBuffer;

/** How much of {@link KVEngine#maxBatchBytes} the changes of a batch take. For one thread. */
public final class BatchRoom {
    private final long maxBytes;
    private long takenBytes;

    public BatchRoom(KVEngine engine) {
        this.maxBytes = engine.maxBatchBytes();
    }

    public boolean isLimited() {
        return maxBytes != Limits.NO_BATCH_LIMIT;
    }

    /** How many changes of that size fit into an empty batch; at least one. */
    public long changesOf(int keyBytes, int valueBytes) {
        return Math.max(1, maxBytes / Limits.changeBytes(keyBytes, valueBytes));
    }

    /** Whether that much fits beside what is in the batch; into an empty one, anything does. */
    public boolean takes(long bytes) {
        return takenBytes == 0 || bytes <= maxBytes - takenBytes;
    }

    /** The batch was given changes of {@link Limits#changeBytes} together. */
    public void add(long bytes) {
        takenBytes += bytes;
    }

    /** The batch was cleared. */
    public void clear() {
        takenBytes = 0;
    }

    /**
     * Where a deletion that begins at {@code from} must end so that it fits into an empty batch.
     *
     * @return {@code to}, or a copy of the first key that is left for the next batch
     */
    public ByteBuffer endOfDeletion(Reader reader, Keyspace keyspace, ByteBuffer from, ByteBuffer to) {
        if (!isLimited()) {
            return to;
        }
        long bytes = 0;
        try (Cursor cursor = reader.openCursor(keyspace)) {
            for (boolean on = cursor.seekCeiling(from); on && isBefore(cursor.key(), to); on = cursor.next()) {
                bytes += Limits.changeBytes(cursor.key().remaining(), 0);
                if (bytes > maxBytes / 2) {
                    ByteBuffer key = cursor.key();
                    return ByteBuffer.allocate(key.remaining())
                            .put(key.duplicate())
                            .flip();
                }
            }
        }
        return to;
    }

    private static boolean isBefore(ByteBuffer key, ByteBuffer end) {
        int mismatch = key.mismatch(end);
        if (mismatch < 0) {
            return false;
        }
        if (mismatch == key.remaining() || mismatch == end.remaining()) {
            return key.remaining() < end.remaining();
        }
        return Byte.compareUnsigned(key.get(key.position() + mismatch), end.get(end.position() + mismatch)) < 0;
    }
}
