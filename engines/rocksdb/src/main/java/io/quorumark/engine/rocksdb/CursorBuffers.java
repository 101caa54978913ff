package io.quorumark.engine.rocksdb;

import io.quorumark.engine.support.DirectStaging;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a cursor copies keys and values into. Making one costs many times what opening RocksDB's iterator does, so a closed cursor leaves
 * its own to the next.
 */
final class CursorBuffers {
    private final DirectStaging staging = new DirectStaging();
    private ByteBuffer key = ByteBuffer.allocateDirect(512);
    private ByteBuffer value = ByteBuffer.allocateDirect(4 << 10);

    ByteBuffer key() {
        return key;
    }

    ByteBuffer value() {
        return value;
    }

    /** A buffer in place of {@link #key()}, with room for a key that it was too small for. */
    ByteBuffer largerKey(int bytes) {
        key = DirectStaging.withRoomFor(key, bytes);
        return key;
    }

    /** Like {@link #largerKey}, for a value. */
    ByteBuffer largerValue(int bytes) {
        value = DirectStaging.withRoomFor(value, bytes);
        return value;
    }

    /** {@code wanted} itself if it is direct, else a copy. */
    ByteBuffer direct(ByteBuffer wanted) {
        return staging.key(wanted);
    }

    /**
     * One session's spare set: cursors are mostly opened one after the other. Safe if cursors of one session are in the hands of several
     * threads.
     */
    static final class Spare {
        private final AtomicReference<@Nullable CursorBuffers> spare = new AtomicReference<>();

        CursorBuffers take() {
            CursorBuffers kept = spare.getAndSet(null);
            return kept == null ? new CursorBuffers() : kept;
        }

        void giveBack(CursorBuffers buffers) {
            spare.set(buffers);
        }
    }
}
