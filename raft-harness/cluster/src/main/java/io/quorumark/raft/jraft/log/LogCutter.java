package io.quorumark.raft.jraft.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Deletes what was cut off a log, some time later and a step at a time, on a thread of its own that begins with the first cut. A step is
 * made when no append waits; after it the log is left alone for four times as long as the step took, so that deleting takes a fifth of a
 * log's time at the most. A log that is never idle lets a step in after {@link #PATIENCE_NANOS}: what was cut off must not pile up.
 */
final class LogCutter {
    /** The beginning of its thread's name. */
    static final String THREAD = "log-cut";

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int REST = 4;
    private static final long CLOSED = -1;

    /** What is left to delete. Called with the log's lock held. */
    interface Garbage {
        /** Behind the last entry that was cut off. */
        long end();

        /** Whether entries that were cut off are left before this one. */
        boolean isLeftBefore(long end);

        /** Deletes at most so many entries before {@code end} in one commit; false if the log is closed or its engine failed. */
        boolean delete(long end, int entries);
    }

    private final ReentrantLock log;
    private final Condition changed;
    private final CutSteps steps;
    private final long graceNanos;
    private final Garbage garbage;
    private boolean started;
    private boolean closed;

    /**
     * @param log guards the log; all methods here are called with it held
     * @param graceNanos how long what was cut off is left alone
     */
    LogCutter(ReentrantLock log, CutSteps steps, long graceNanos, Garbage garbage) {
        this.log = log;
        this.changed = log.newCondition();
        this.steps = steps;
        this.graceNanos = graceNanos;
        this.garbage = garbage;
    }

    /** There is something to delete. */
    void begin() {
        if (!started) {
            started = true;
            Thread thread = new Thread(this::run, THREAD);
            thread.setDaemon(true);
            thread.start();
        }
        changed.signal();
    }

    /** No step begins after this. What is left is deleted after the next start. */
    void close() {
        closed = true;
        changed.signal();
    }

    private void run() {
        long end = awaitGarbage();
        while (end != CLOSED && deleteBefore(end)) {
            end = awaitGarbage();
        }
    }

    /** @return behind what can be deleted now, as it was cut off long enough ago; {@link #CLOSED} if nothing is to be deleted any more */
    private long awaitGarbage() {
        log.lock();
        try {
            while (!closed && !garbage.isLeftBefore(garbage.end())) {
                changed.awaitUninterruptibly();
            }
            long end = garbage.end();
            long leftNanos = graceNanos;
            while (!closed && leftNanos > 0) {
                leftNanos = changed.awaitNanos(leftNanos);
            }
            return closed ? CLOSED : end;
        } catch (InterruptedException e) {
            // nobody else has this thread; what is left is deleted after the next start
            Thread.currentThread().interrupt();
            return CLOSED;
        } finally {
            log.unlock();
        }
    }

    /** @return false if the log is closed or its engine failed: nothing is deleted any more */
    private boolean deleteBefore(long end) {
        while (true) {
            long tookNanos;
            lockBetweenAppends();
            try {
                if (closed) {
                    return false;
                }
                if (!garbage.isLeftBefore(end)) {
                    return true;
                }
                long beganNanos = System.nanoTime();
                if (!garbage.delete(end, steps.entries())) {
                    return false;
                }
                tookNanos = System.nanoTime() - beganNanos;
                steps.took(tookNanos);
            } finally {
                log.unlock();
            }
            LockSupport.parkNanos(REST * tookNanos);
        }
    }

    private void lockBetweenAppends() {
        long beganNanos = System.nanoTime();
        while (log.hasQueuedThreads() || !log.tryLock()) {
            if (System.nanoTime() - beganNanos > PATIENCE_NANOS) {
                log.lock();
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
