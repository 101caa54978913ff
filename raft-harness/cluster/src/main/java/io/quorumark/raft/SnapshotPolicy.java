package io.quorumark.raft;

/**
 * When a member takes snapshots by itself, and how many it keeps. The log before the previous snapshot is dropped after
 * each.
 *
 * @param everyEntries after how many applied log entries; 0 for never. {@link Member#snapshot()} works either way
 * @param everyBytes after how many bytes of applied commands; 0 for never. Whichever of the two is reached first
 *     counts, and both begin anew
 * @param retain how many snapshots stay in the member's folder, the newest one included, 1 to 100. Older ones are there
 *     to be copied away: the member itself only ever
 *     starts from the newest
 */
public record SnapshotPolicy(long everyEntries, long everyBytes, int retain) {
    /** Snapshots only on demand; the newest is kept. */
    public static final SnapshotPolicy ON_DEMAND = new SnapshotPolicy(0, 0, 1);

    /**
     * What a member in a process of its own and a trial's group do unless told otherwise: a snapshot after 200,000 entries or 256 MiB of
     * commands, whichever comes first; the newest is kept. The log then holds at most what came since the snapshot before that.
     */
    public static final SnapshotPolicy MEMBER_DEFAULTS = new SnapshotPolicy(200_000, 256L << 20, 1);

    private static final int MOST_RETAINED = 100;

    public SnapshotPolicy {
        check("everyEntries", everyEntries);
        check("everyBytes", everyBytes);
        if (retain < 1 || retain > MOST_RETAINED) {
            throw new IllegalArgumentException("retain is " + retain + ", expected 1 to " + MOST_RETAINED);
        }
    }

    /** After so many entries, whatever their size; the newest is kept. */
    public static SnapshotPolicy everyEntries(long entries) {
        return new SnapshotPolicy(entries, 0, 1);
    }

    private static void check(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 0 (never) or more");
        }
    }
}
