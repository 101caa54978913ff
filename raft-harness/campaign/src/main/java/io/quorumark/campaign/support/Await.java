package io.quorumark.campaign.support;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Polls conditions, with a deadline. */
public final class Await {
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private Await() {}

    /** @throws HarnessException it is not so in time */
    public static void until(String what, long patienceNanos, BooleanSupplier so) throws InterruptedException {
        long deadline = System.nanoTime() + patienceNanos;
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new HarnessException(
                        "waited " + TimeUnit.NANOSECONDS.toSeconds(patienceNanos) + " s in vain until " + what);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
