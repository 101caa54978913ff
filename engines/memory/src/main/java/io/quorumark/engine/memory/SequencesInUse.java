package io.quorumark.engine.memory;

import java.util.TreeMap;

/** The last commit, and the sequences that open snapshots and cursors stand at. Thread-safe; {@link Store} pins none during a commit. */
final class SequencesInUse {
    private static final long NONE = -1;

    private final TreeMap<Long, Integer> counts = new TreeMap<>();
    private volatile long oldest = Long.MAX_VALUE;
    private volatile long newest = NONE;
    private volatile long committed;

    /** A commit is done. Called by the writer, in order. */
    void publish(long sequence) {
        committed = sequence;
    }

    /** Pins the state as of now, and says which one that is. */
    synchronized long pin() {
        long sequence = committed;
        counts.merge(sequence, 1, Integer::sum);
        refresh();
        return sequence;
    }

    synchronized void unpin(long sequence) {
        counts.computeIfPresent(sequence, (key, count) -> count == 1 ? null : count - 1);
        refresh();
    }

    private void refresh() {
        oldest = counts.isEmpty() ? Long.MAX_VALUE : counts.firstKey();
        newest = counts.isEmpty() ? NONE : counts.lastKey();
    }

    boolean isAny() {
        return newest != NONE;
    }

    /** Pinned; more than any sequence if there is none. */
    long oldest() {
        return oldest;
    }

    /** Pinned; less than any sequence if there is none. */
    long newest() {
        return newest;
    }
}
