package io.quorumark.workload.driver;

import java.util.concurrent.locks.LockSupport;

/** Time as the driver sees it: injected, so that tests can turn it by hand. Thread-safe. */
public interface NanoClock {
    /** Nanoseconds since an arbitrary origin; never runs backwards. */
    long nanoTime();

    /**
     * Waits until {@code deadlineNanos}, or until the calling thread is unparked or interrupted, or for no reason: callers check their
     * condition in a loop. Does not clear the interrupt flag.
     */
    default void parkUntil(long deadlineNanos) {
        long remainingNanos = deadlineNanos - nanoTime();
        if (remainingNanos > 0) {
            LockSupport.parkNanos(this, remainingNanos);
        }
    }

    /** The JVM's monotonic clock. */
    static NanoClock system() {
        return SystemNanoClock.INSTANCE;
    }

    /** {@link System#nanoTime()}. */
    enum SystemNanoClock implements NanoClock {
        INSTANCE;

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    }
}
