package io.quorumark.results.stats;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A trial's operations in windows of equal length, ready to be drawn from: in circular runs as long as the cube root of their number, each
 * of which costs one draw. Immutable.
 */
public final class TrialWindows {
    /** Fewer than this say too little of a trial's inner noise; such a trial is taken as it is. */
    public static final int LEAST_WINDOWS = 10;

    /** Of most metrics, and so of most pairs of trials. */
    private static final TrialWindows NONE = new TrialWindows(new double[0]);

    private final int windows;
    private final int length;
    private final int runs;
    /** Goes on past the last window with the first ones, so that a run may pass the end. */
    private final double[] prefixSums;

    private final double mean;
    private final double least;

    private TrialWindows(double[] operations) {
        windows = operations.length;
        length = (int) Math.max(1, Math.round(Math.cbrt(windows)));
        runs = (windows + length - 1) / length;
        prefixSums = new double[windows == 0 ? 1 : windows + length + 1];
        for (int i = 1; i < prefixSums.length; i++) {
            prefixSums[i] = prefixSums[i - 1] + operations[(i - 1) % windows];
        }
        mean = windows == 0 ? 0 : prefixSums[windows] / windows;
        // a resample of stalls alone has no logarithm: it counts as the least window that has one
        least = Arrays.stream(operations).filter(each -> each > 0).min().orElse(0);
    }

    /** @param operations acknowledged in each window; not kept */
    public static TrialWindows of(double[] operations) {
        return operations.length == 0 ? NONE : new TrialWindows(operations);
    }

    /** Whether drawing can give anything but the mean itself. */
    boolean canBeDrawnFrom() {
        return windows >= LEAST_WINDOWS && mean > 0;
    }

    /** A resampled mean over the mean; 1 if there are fewer than {@value #LEAST_WINDOWS} windows, or no operation in any. */
    double relativeMean(UniformRandomProvider random) {
        if (!canBeDrawnFrom()) {
            return 1;
        }
        double sum = 0;
        for (int i = 0; i < runs; i++) {
            int start = random.nextInt(windows);
            sum += prefixSums[start + length] - prefixSums[start];
        }
        return Math.max(sum, least) / (runs * length * mean);
    }
}
