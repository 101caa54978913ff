package io.quorumark.raft.timing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a member did beside its writes, the latest of it, until it is taken. Thread-safe. */
public final class Activities {
    private static final int MOST = 1 << 14;

    private final Deque<Activity> latest = new ArrayDeque<>();

    /** Something that began at {@code startNanos}, by {@link System#nanoTime}, has just ended. */
    public synchronized void ended(String kind, long startNanos) {
        if (latest.size() == MOST) {
            latest.removeFirst();
        }
        latest.addLast(new Activity(kind, startNanos, System.nanoTime()));
    }

    /** What ended since the last call, in that order. */
    public synchronized List<Activity> take() {
        List<Activity> taken = List.copyOf(latest);
        latest.clear();
        return taken;
    }
}
