package io.quorumark.engine.support;

import io.quorumark.engine.BackgroundWork;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The latest {@value #MOST} pieces of work that an engine has ended and nobody has taken; older ones are forgotten. For
 * {@link io.quorumark.engine.KVEngine#takeBackgroundWork}. Thread-safe; a call waits for no work.
 */
public final class FinishedWork {
    /** More than an engine ends in a minute, so that a reader that looks every second misses none. */
    public static final int MOST = 4096;

    private final Deque<BackgroundWork> latest = new ArrayDeque<>();

    /** Work that began at {@code startNanos}, by {@link System#nanoTime}, has just ended. */
    public void ended(BackgroundWork.Kind kind, long startNanos) {
        add(new BackgroundWork(kind, startNanos, System.nanoTime()));
    }

    public synchronized void add(BackgroundWork work) {
        if (latest.size() == MOST) {
            latest.removeFirst();
        }
        latest.addLast(work);
    }

    /** What was added since the last call, in that order. */
    public synchronized List<BackgroundWork> take() {
        List<BackgroundWork> taken = List.copyOf(latest);
        latest.clear();
        return taken;
    }
}
