package io.quorumark.raft.jraft.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Deletes what was cut off a log, a step at a time, on a thread of its own that begins with the first cut. A step is made when no append
 * waits; after it the log is left alone for four times as long as the step took, so that deleting takes a fifth of a log's time at the
 * most. A log that is never idle lets a step in after {@link #PATIENCE_NANOS}: what was cut off must not pile up.
 */
final class LogCutter {
    /** The beginning of its thread's name. */
    static final String THREAD = "log-cut";

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int REST = 4;

    /** What is left to delete. Called with the log's lock held. */
    interface Garbage {
        boolean isLeft();

        /** Deletes so many entries in one commit; false if the log is closed or its engine failed. */
        boolean delete(int entries);
    }

    private final ReentrantLock log;
    private final Condition changed;
    private final CutSteps steps;
    private final Garbage garbage;
    private boolean started;
    private boolean closed;

    /** @param log guards the log; all methods here are called with it held */
    LogCutter(ReentrantLock log, CutSteps steps, Garbage garbage) {
        this.log = log;
        this.changed = log.newCondition();
        this.steps = steps;
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
        while (awaitGarbage()) {
            long tookNanos = step();
            if (tookNanos < 0) {
                return;
            }
            LockSupport.parkNanos(REST * tookNanos);
        }
    }

    private boolean awaitGarbage() {
        log.lock();
        try {
            while (!closed && !garbage.isLeft()) {
                changed.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            log.unlock();
        }
    }

    /** @return how long it took; negative if there will be no further one */
    private long step() {
        lockBetweenAppends();
        try {
            if (closed) {
                return -1;
            }
            long beganNanos = System.nanoTime();
            boolean deleted = garbage.delete(steps.entries());
            long tookNanos = System.nanoTime() - beganNanos;
            steps.took(tookNanos);
            return deleted ? tookNanos : -1;
        } finally {
            log.unlock();
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
