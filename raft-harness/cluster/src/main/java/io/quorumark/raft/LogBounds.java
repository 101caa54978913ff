package io.quorumark.raft;

/**
 * The entries a member's log holds. Empty if {@code lastIndex < firstIndex}.
 *
 * @param firstIndex the oldest entry that was not dropped after a snapshot
 * @param lastIndex the newest entry
 * @param undeletedEntries entries before {@code firstIndex} that still take room, until they are deleted between appends
 */
public record LogBounds(long firstIndex, long lastIndex, long undeletedEntries) {
    public long entryCount() {
        return Math.max(0, lastIndex - firstIndex + 1);
    }
}
