package io.quorumark.campaign.host;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How late a thread wakes up on this machine, and what its clock costs.
 *
 * @param wakeUpP50Micros by how much a nap of a millisecond is too long, in the middle
 * @param wakeUpP99Micros the same, at the 99th percentile
 * @param clockNanos what a call of {@link System#nanoTime} takes
 */
public record SchedulerNoise(double wakeUpP50Micros, double wakeUpP99Micros, double clockNanos) {
    private static final int NAPS = 500;
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int CLOCK_CALLS = 2_000_000;

    /** Takes about a second. */
    public static SchedulerNoise measure() {
        double clockNanos = 0;
        for (int round = 0; round < 3; round++) {
            // the last round is compiled
            clockNanos = timeClock();
        }
        long[] late = new long[NAPS];
        for (int i = 0; i < NAPS; i++) {
            long began = System.nanoTime();
            LockSupport.parkNanos(NAP_NANOS);
            late[i] = Math.max(0, System.nanoTime() - began - NAP_NANOS);
        }
        Arrays.sort(late);
        return new SchedulerNoise(late[NAPS / 2] / 1e3, late[NAPS * 99 / 100] / 1e3, clockNanos);
    }

    private static double timeClock() {
        long first = System.nanoTime();
        long last = first;
        for (int i = 0; i < CLOCK_CALLS; i++) {
            last = System.nanoTime();
        }
        return (double) (last - first) / CLOCK_CALLS;
    }
}
