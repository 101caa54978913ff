package io.quorumark.engine.memory;

import java.util.TreeMap;

/** The sequences that open snapshots and cursors stand at. Thread-safe; the writer reads {@link #oldest} once per commit. */
final class SequencesInUse {
    private final TreeMap<Long, Integer> counts = new TreeMap<>();
    private volatile long oldestPinned = Long.MAX_VALUE;
    private volatile long committed;

    /** The last commit that readers see. */
    long committed() {
        return committed;
    }

    /** Makes a commit visible. Called by the writer, in order. */
    void publish(long sequence) {
        committed = sequence;
    }

    /** Pins the state as of now, and says which one that is. */
    synchronized long pin() {
        // The writer asks for the oldest pin before it cuts, under the same lock: what is pinned here is not cut.
        long sequence = committed;
        counts.merge(sequence, 1, Integer::sum);
        oldestPinned = counts.firstKey();
        return sequence;
    }

    synchronized void unpin(long sequence) {
        counts.computeIfPresent(sequence, (key, count) -> count == 1 ? null : count - 1);
        oldestPinned = counts.isEmpty() ? Long.MAX_VALUE : counts.firstKey();
    }

    /** No reader that matters asks for anything older than this. */
    synchronized long oldest() {
        return Math.min(oldestPinned, committed);
    }
}
