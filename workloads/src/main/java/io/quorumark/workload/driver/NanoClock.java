package io.quorumark.workload.driver;

import java.lang.management.GarbageCollectorMXBean;
import java.util.concurrent.TimeUnit;
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

    /**
     * How long collections have stopped the driver and its target together since the JVM started, in nanoseconds, to a millisecond;
     * always 0 if the target is elsewhere, or if nobody knows. Allocates nothing.
     */
    default long collectionNanos() {
        return 0;
    }

    /** The JVM's monotonic clock, and its collections. */
    static NanoClock system() {
        return SystemNanoClock.INSTANCE;
    }

    /** {@link System#nanoTime()}. */
    final class SystemNanoClock implements NanoClock {
        private static final NanoClock INSTANCE = new SystemNanoClock();

        private final GarbageCollectorMXBean[] collectors =
                StoppingCollectors.ofThisJvm().toArray(GarbageCollectorMXBean[]::new);

        private SystemNanoClock() {}

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long collectionNanos() {
            long millis = 0;
            for (GarbageCollectorMXBean collector : collectors) {
                millis += collector.getCollectionTime();
            }
            return TimeUnit.MILLISECONDS.toNanos(millis);
        }
    }
}
