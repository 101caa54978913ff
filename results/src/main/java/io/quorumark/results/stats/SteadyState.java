package io.quorumark.results.stats;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Whether, and from which window on, a series of equally long windows is steady.
 *
 * <p>The warm-up ends where MSER-5 says: at the truncation that leaves the smallest squared standard error of the mean of batches of five.
 * K. P. White, "An effective truncation heuristic for bias reduction in simulation output", Simulation 69 (1997). A truncation in the
 * second half counts as none: K. Hoad, S. Robinson, R. Davies, "Automating warm-up length estimation", Journal of the Operational Research
 * Society 61 (2010). What is left must hold its level by the cumulative sums of its deviations: W. Ploberger, W. Krämer, "The CUSUM test
 * with OLS residuals", Econometrica 60 (1992), with Newey and West's variance, since neighbouring windows are alike.
 *
 * <p>The objection does not count unless the level moved by more than the tolerance: a drift too small to matter is no reason to drop a
 * trial.
 *
 * @param state what was found
 * @param from the first steady window, 0-based; empty unless steady
 * @param driftRatio the last third of what was judged over its first third, such as 0.8 if it slowed down by a fifth; 1 if it was too
 * short
 */
public record SteadyState(State state, OptionalInt from, double driftRatio) {
    /** Fewer windows than this cannot tell. */
    public static final int LEAST_WINDOWS = 40;

    private static final int BATCH = 5;
    /** Of the cumulative sum's largest excursion: 5 % of Brownian bridges go further (A. N. Kolmogorov). */
    private static final double CRITICAL_EXCURSION = 1.358;

    /** What was found. */
    public enum State {
        /** From a window in the first half on, the level holds. */
        STEADY,
        /** The level still moved when the series ended, or moved again. */
        NEVER,
        /** Fewer than {@value #LEAST_WINDOWS} windows. */
        TOO_SHORT
    }

    /**
     * @param windows one value each, such as operations per second; finite, from 0 on
     * @param tolerance relative change of level that does not matter, such as 0.05
     */
    public static SteadyState of(double[] windows, double tolerance) {
        for (int i = 0; i < windows.length; i++) {
            if (!(windows[i] >= 0 && windows[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "window " + i + " is " + windows[i] + ", expected a finite number from 0 on");
            }
        }
        if (windows.length < LEAST_WINDOWS) {
            return new SteadyState(State.TOO_SHORT, OptionalInt.empty(), 1);
        }
        int truncation = BATCH * truncatedBatches(batches(windows));
        int half = windows.length / 2;
        int from = Math.min(truncation, half);
        double[] rest = Arrays.copyOfRange(windows, from, windows.length);
        double drift = drift(rest);
        boolean moved = Math.abs(Math.log(drift)) > Math.log1p(tolerance);
        // if nothing in the first half could be cut off, the whole series must show that its level moves
        boolean holds = excursion(truncation <= half ? rest : windows) <= CRITICAL_EXCURSION;
        boolean steady = holds || !moved;
        return steady
                ? new SteadyState(State.STEADY, OptionalInt.of(from), drift)
                : new SteadyState(State.NEVER, OptionalInt.empty(), drift);
    }

    private static double[] batches(double[] windows) {
        double[] batches = new double[windows.length / BATCH];
        for (int i = 0; i < batches.length * BATCH; i++) {
            batches[i / BATCH] += windows[i] / BATCH;
        }
        return batches;
    }

    /** The truncation with the least marginal standard error; the earliest of several. From the end forward, so that one pass suffices. */
    static int truncatedBatches(double[] batches) {
        int count = batches.length;
        // a few batches agree by chance however unsteady the series is
        int least = Math.max(2, (count + 4) / 5);
        double mean = 0;
        double squares = 0; // of deviations, by B. P. Welford's recurrence
        double smallest = Double.POSITIVE_INFINITY;
        int truncation = 0;
        for (int from = count - 1; from >= 0; from--) {
            int kept = count - from;
            double deviation = batches[from] - mean;
            mean += deviation / kept;
            squares += deviation * (batches[from] - mean);
            double error = squares / ((double) kept * kept);
            if (kept >= least && error <= smallest) {
                smallest = error;
                truncation = from;
            }
        }
        return truncation;
    }

    private static double drift(double[] rest) {
        int third = rest.length / 3;
        double first = mean(rest, 0, third);
        double last = mean(rest, rest.length - third, rest.length);
        return first == last ? 1 : last / first;
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElseThrow();
    }

    /** The largest cumulative sum of deviations from the mean, in long-run standard deviations. */
    static double excursion(double[] values) {
        int count = values.length;
        double mean = mean(values, 0, count);
        int lags = (int) (4 * Math.pow(count / 100.0, 2.0 / 9));
        double variance = autocovariance(values, mean, 0);
        for (int lag = 1; lag <= lags; lag++) {
            variance += 2 * (1 - lag / (lags + 1.0)) * autocovariance(values, mean, lag);
        }
        double sum = 0;
        double largest = 0;
        for (double value : values) {
            sum += value - mean;
            largest = Math.max(largest, Math.abs(sum));
        }
        return variance > 0 ? largest / Math.sqrt(count * variance) : 0;
    }

    private static double autocovariance(double[] values, double mean, int lag) {
        double sum = 0;
        for (int i = lag; i < values.length; i++) {
            sum += (values[i] - mean) * (values[i - lag] - mean);
        }
        return sum / values.length;
    }
}
