package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in tests for what an engine does in its own time. */
public final class Await {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private Await() {}

    /**
     * Asks every 10 ms whether it is so, and fails after a minute.
     *
     * @param what is waited for, for the failure's message
     */
    public static void until(BooleanSupplier so, String what) {
        long deadlineNanos = System.nanoTime() + PATIENCE_NANOS;
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("time until %s, at most a minute", what)
                    .isLessThan(deadlineNanos);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
