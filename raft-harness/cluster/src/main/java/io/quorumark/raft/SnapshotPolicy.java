package io.quorumark.raft;

/**
 * When a member takes snapshots by itself. The log before the previous snapshot is dropped after each.
 *
 * @param everyEntries after how many applied log entries; 0 for never. {@link Member#snapshot()} works either way
 */
public record SnapshotPolicy(long everyEntries) {
    /** Snapshots only on demand. */
    public static final SnapshotPolicy ON_DEMAND = new SnapshotPolicy(0);

    public SnapshotPolicy {
        if (everyEntries < 0) {
            throw new IllegalArgumentException("everyEntries is " + everyEntries + ", expected 0 (never) or more");
        }
    }
}
