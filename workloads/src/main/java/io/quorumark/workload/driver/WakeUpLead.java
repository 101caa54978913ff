package io.quorumark.workload.driver;

import java.util.Arrays;

/**
 * How long before an operation is due a sleeping thread asks to be woken up, and how late this machine wakes one up, from which that
 * follows. What is left when it is awake it spends looking at the clock.
 *
 * @param wakeUps how many were measured; 0 if nothing was
 * @param p50Nanos how much later than asked they came, the median
 * @param p99Nanos 99th percentile
 * @param leadNanos the longest that leaves, on average, no more than {@link #MOST_SHARE} of the time to look at the clock; 0 for none
 */
public record WakeUpLead(int wakeUps, long p50Nanos, long p99Nanos, long leadNanos) {
    /** The share of a processor that may be spent looking at the clock. */
    public static final double MOST_SHARE = 0.05;

    /** Of a thread that does not look at the clock, or does nothing else. */
    static final WakeUpLead NONE = new WakeUpLead(0, 0, 0, 0);

    /** Enough for a 90th percentile, beyond which no lead is taken. */
    private static final int MOST_WAKE_UPS = 200;

    private static final double MOST_QUANTILE = 0.9;
    private static final long MOST_NANOS = 200_000_000;
    private static final long SHORTEST_SLEEP_NANOS = 50_000;
    private static final long LONGEST_SLEEP_NANOS = 1_000_000;

    /**
     * Parks the calling thread again and again, 200 times and for 0.2 s at the most.
     *
     * @param typicalGapNanos between two operations: a processor that sleeps longer is slower to wake up
     */
    static WakeUpLead measure(NanoClock clock, double typicalGapNanos) {
        long sleepNanos = (long) Math.min(LONGEST_SLEEP_NANOS, Math.max(SHORTEST_SLEEP_NANOS, typicalGapNanos));
        long[] lateNanos = new long[MOST_WAKE_UPS];
        int count = 0;
        long endNanos = clock.nanoTime() + MOST_NANOS;
        for (int i = 0; i < MOST_WAKE_UPS; i++) {
            long askedNanos = clock.nanoTime() + sleepNanos;
            clock.parkUntil(askedNanos);
            long nowNanos = clock.nanoTime();
            // one that came early was woken up by something else
            if (nowNanos >= askedNanos) {
                lateNanos[count++] = nowNanos - askedNanos;
            }
            if (nowNanos >= endNanos) {
                break;
            }
        }
        return of(Arrays.copyOf(lateNanos, count), typicalGapNanos);
    }

    /**
     * From measured wake-ups.
     *
     * @param lateNanos how much later than asked each came, in any order
     */
    static WakeUpLead of(long[] lateNanos, double typicalGapNanos) {
        if (lateNanos.length == 0) {
            return NONE;
        }
        long[] sorted = lateNanos.clone();
        Arrays.sort(sorted);
        return new WakeUpLead(
                sorted.length, quantile(sorted, 0.5), quantile(sorted, 0.99), lead(sorted, typicalGapNanos));
    }

    private static long lead(long[] sorted, double typicalGapNanos) {
        double mostSpentNanos = MOST_SHARE * typicalGapNanos * sorted.length;
        long lead = 0;
        double spentNanos = 0;
        // one step further, all wake-ups so far leave so much more to be spent
        for (int i = 0; i < MOST_QUANTILE * sorted.length && sorted[i] < typicalGapNanos; i++) {
            spentNanos += (double) i * (sorted[i] - lead);
            if (spentNanos > mostSpentNanos) {
                break;
            }
            lead = sorted[i];
        }
        return lead;
    }

    private static long quantile(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (quantile * sorted.length))];
    }
}
