package io.quorumark.raft.timing;

import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.KVEngine;
import java.util.List;

/**
 * Something that a member or its engines did beside its writes, which these may have waited for.
 *
 * @param kind {@link #SNAPSHOT}, {@link #LOG_CUT}, or the code of a {@link BackgroundWork.Kind}
 * @param startNanos when it began, by {@link System#nanoTime}
 * @param endNanos when it ended
 */
public record Activity(String kind, long startNanos, long endNanos) {
    /** The state was frozen and written to a snapshot. */
    public static final String SNAPSHOT = "snapshot";

    /** A commit that cut the log, or deleted what was cut off. */
    public static final String LOG_CUT = "log-cut";

    /** What an engine ended in its background since it was last asked. */
    public static List<Activity> takenFrom(KVEngine engine) {
        return engine.takeBackgroundWork().stream()
                .map(work -> new Activity(work.kind().code(), work.startNanos(), work.endNanos()))
                .toList();
    }
}
