package io.quorumark.raft.store;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A session with the buffers its borrowers need, in the engine's kind. For one thread at a time. */
public final class PooledSession {
    private static final int FIRST_VALUE_BYTES = 4096;

    private final Session session;
    private final ByteBuffer indexKey;
    private ByteBuffer value;

    PooledSession(Session session) {
        this.session = session;
        this.indexKey = session.allocate(Long.BYTES);
        this.value = session.allocate(FIRST_VALUE_BYTES);
    }

    public Reader reader() {
        return session;
    }

    /** One moment of what {@link #reader} shows; the caller closes it before it gives the session back. */
    public Snapshot openSnapshot() {
        return session.openSnapshot();
    }

    /** The value under a log index, as a new array; null if there is none. */
    public byte @Nullable [] getByIndex(Keyspace keyspace, long index) {
        indexKey.clear().putLong(index).flip();
        value.clear();
        int length = session.get(keyspace, indexKey, value);
        if (length > value.capacity()) {
            value = session.allocate(Integer.highestOneBit(length) << 1);
            length = session.get(keyspace, indexKey, value);
        }
        if (length == Reader.NOT_FOUND) {
            return null;
        }
        byte[] bytes = new byte[length];
        value.flip().get(bytes);
        return bytes;
    }

    void close() {
        session.close();
    }
}
