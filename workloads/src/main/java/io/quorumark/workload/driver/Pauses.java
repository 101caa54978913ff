package io.quorumark.workload.driver;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long a thread that had nothing to do but wake up was kept from it during the measured window: by the machine, its hypervisor, other
 * processes or the JVM. An operation that was slow while this thread stood still too need not blame its target.
 *
 * @param histogram of the delays beyond the interval of {@link PauseDetector#INTERVAL_NANOS}, in nanoseconds; a long one stands for all
 * wake-ups that it swallowed
 * @param stalls those of 0.1 ms and more, in the order they came
 * @param loadStalls the same of a paced load's own thread: it slept until an operation was due and was woken up late, or watched the clock
 * and lost its processor. It needs more of a processor than the idle thread, and so loses it more often; unlike {@code stalls}, these are
 * also the load's own lag
 * @param forgotten how many came after a list was full
 */
public record Pauses(Histogram histogram, List<Stall> stalls, List<Stall> loadStalls, long forgotten) {
    public Pauses {
        stalls = List.copyOf(stalls);
        loadStalls = List.copyOf(loadStalls);
    }

    /**
     * A stretch of time in which the thread did not run.
     *
     * @param startNanos when it was last seen, in nanoseconds after the window began; negative if that was before it
     * @param lengthNanos until it ran again
     */
    public record Stall(long startNanos, long lengthNanos) {
        /** Whether a moment, in nanoseconds after the window began, lies in it. */
        public boolean contains(long nanos) {
            return nanos >= startNanos && nanos <= startNanos + lengthNanos;
        }
    }

    /** The longest delay in nanoseconds. */
    public long maxNanos() {
        return histogram.getMaxValue();
    }

    /** All {@link #stalls()} together, in seconds. */
    public double stalledSeconds() {
        return seconds(stalls);
    }

    /** All {@link #loadStalls()} together, in seconds. */
    public double loadStalledSeconds() {
        return seconds(loadStalls);
    }

    private static double seconds(List<Stall> stalls) {
        return stalls.stream().mapToLong(Stall::lengthNanos).sum() / 1e9;
    }
}
