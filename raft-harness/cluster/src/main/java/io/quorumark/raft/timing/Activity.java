package io.quorumark.raft.timing;

/**
 * Something that a member did beside its writes, which these may have waited for.
 *
 * @param kind {@link #SNAPSHOT} or {@link #LOG_CUT}
 * @param startNanos when it began, by {@link System#nanoTime}
 * @param endNanos when it ended
 */
public record Activity(String kind, long startNanos, long endNanos) {
    /** The state was frozen and written to a snapshot. */
    public static final String SNAPSHOT = "snapshot";

    /** A commit that cut the log, or deleted what was cut off. */
    public static final String LOG_CUT = "log-cut";
}
