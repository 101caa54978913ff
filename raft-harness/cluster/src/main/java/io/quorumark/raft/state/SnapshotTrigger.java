package io.quorumark.raft.state;

/** Counts what is applied and says when the next snapshot is due. For the thread that applies. */
public final class SnapshotTrigger {
    private final long everyEntries;
    private final long everyBytes;
    private long entries;
    private long bytes;

    /**
     * @param everyEntries due after so many entries; 0 for never
     * @param everyBytes due after so many bytes of commands; 0 for never
     */
    public SnapshotTrigger(long everyEntries, long everyBytes) {
        this.everyEntries = everyEntries;
        this.everyBytes = everyBytes;
    }

    /** One more entry was applied. */
    public void onApplied(int commandBytes) {
        entries++;
        bytes += commandBytes;
    }

    /** Whether a snapshot is due; begins to count anew if it is. */
    public boolean isDue() {
        boolean due = (everyEntries > 0 && entries >= everyEntries) || (everyBytes > 0 && bytes >= everyBytes);
        if (due) {
            restart();
        }
        return due;
    }

    /** Something else has taken, or loaded, a snapshot. */
    public void restart() {
        entries = 0;
        bytes = 0;
    }
}
