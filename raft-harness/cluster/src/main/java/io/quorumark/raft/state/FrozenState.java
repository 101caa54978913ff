package io.quorumark.raft.state;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import java.io.IOException;

/**
 * The records and the applied index at one moment, for one thread at a time; may be used and closed on another thread than the one that
 * opened it.
 */
public final class FrozenState implements AutoCloseable {
    private final Session session;
    private final Snapshot snapshot;
    private final long appliedIndex;
    private final Runnable onClosed;

    private FrozenState(Session session, Snapshot snapshot, long appliedIndex, Runnable onClosed) {
        this.session = session;
        this.snapshot = snapshot;
        this.appliedIndex = appliedIndex;
        this.onClosed = onClosed;
    }

    /**
     * @param session of its own, closed with it; stays open if this throws
     * @param onClosed called after it was closed
     */
    static FrozenState open(Session session, long indexIfNoneStored, Runnable onClosed) {
        Snapshot snapshot = session.openSnapshot();
        try {
            long stored = StateStore.storedIndex(snapshot);
            return new FrozenState(session, snapshot, stored == 0 ? indexIfNoneStored : stored, onClosed);
        } catch (RuntimeException | Error e) {
            snapshot.close();
            throw e;
        }
    }

    /** The last log index whose effects are among the records; negative if the records were being replaced. */
    public long appliedIndex() {
        return appliedIndex;
    }

    /**
     * Writes every record, in the order of keys.
     *
     * @return how many there were
     */
    public long writeTo(RecordWriter target) throws IOException {
        long count = 0;
        try (Cursor cursor = snapshot.openCursor(StateStore.STATE)) {
            for (boolean on = cursor.first(); on; on = cursor.next()) {
                target.write(cursor.key(), cursor.value());
                count++;
            }
        }
        return count;
    }

    /** To be called once. */
    @Override
    public void close() {
        try (session) {
            snapshot.close();
        } finally {
            onClosed.run();
        }
    }
}
