package io.quorumark.results.stats;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The interval of the Hodges-Lehmann estimate over blocks by a seeded bootstrap. Blocks are drawn with replacement; if the windows of
 * their trials are given, the windows of each drawn block are drawn as well, in circular runs because neighbouring seconds are alike: D. N.
 * Politis, J. P. Romano, "A circular block-resampling procedure for stationary data" (1992).
 *
 * <p>Its ends are percentiles, moved outwards by what the normal distribution lacks against Student's t with as many degrees of freedom as
 * there are blocks less one, and by the bootstrap's own narrowness: T. C. Hesterberg, "What Teachers Should Know About the Bootstrap", The
 * American Statistician 69 (2015), section 4.3. Plain and bias-corrected percentiles are too narrow at these sizes; decision 0012 has what
 * was measured.
 */
public final class BootstrapInterval {
    /** With fewer blocks the exact interval of {@link SignedRank} is to be had, and resampling has too little to draw from. */
    public static final int LEAST_BLOCKS = 15;

    /**
     * With more blocks {@link SignedRank}'s interval is as good, and resampling takes seconds: the averages of all pairs grow with the
     * square.
     */
    public static final int MOST_BLOCKS = 100;

    private static final int RESAMPLES = 4_000;
    private static final int VARIANCE_DRAWS = 100;

    private BootstrapInterval() {}

    /**
     * Of the two trials of a block.
     *
     * @param value of the cell
     * @param reference of the cell that it is compared with
     */
    public record Windows(TrialWindows value, TrialWindows reference) {
        /** Nothing is known but the block's ratio. */
        public static final Windows NONE = new Windows(TrialWindows.of(new double[0]), TrialWindows.of(new double[0]));

        /** How far a draw of the windows moves the block's log ratio. */
        double drawLogRatio(UniformRandomProvider random) {
            return Math.log(value.relativeMean(random) / reference.relativeMean(random));
        }

        boolean canBeDrawnFrom() {
            return value.canBeDrawnFrom() || reference.canBeDrawnFrom();
        }
    }

    /**
     * Over blocks alone.
     *
     * @param logRatios one for each block, at least 2
     * @param confidence such as 0.95
     */
    public static Interval overBlocks(double[] logRatios, double confidence, long seed) {
        return interval(SignedRank.hodgesLehmann(logRatios), estimates(logRatios, seed), logRatios.length, confidence);
    }

    /** What the estimate is in each resample of blocks. */
    static double[] estimates(double[] logRatios, long seed) {
        requireBlocks(logRatios.length);
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        ResampledHodgesLehmann resampled = new ResampledHodgesLehmann(logRatios);
        int blocks = logRatios.length;
        int[] drawn = new int[blocks];
        double[] estimates = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            Arrays.fill(drawn, 0);
            for (int block = 0; block < blocks; block++) {
                drawn[random.nextInt(blocks)]++;
            }
            estimates[i] = resampled.of(drawn);
        }
        return estimates;
    }

    /**
     * Over blocks, then over the windows within each drawn block. The windows' means move a block's ratio; the ratio itself stays what its
     * trials say.
     *
     * <p>How blocks differ already contains what their windows' noise does to their means. Drawing both would count it twice, so that
     * blocks are first moved towards the estimate by as much: A. C. Davison, D. V. Hinkley, "Bootstrap Methods and their Application"
     * (1997), section 3.8. What windows add is a floor: blocks that agree by chance better than their windows allow do not make the
     * interval narrow.
     *
     * @param logRatios one for each block, at least 2
     * @param windows of each block, in the same order; see {@link TrialWindows}
     * @param confidence such as 0.95
     */
    public static Interval overBlocksAndWindows(
            double[] logRatios, List<Windows> windows, double confidence, long seed) {
        requireBlocks(logRatios.length);
        if (windows.size() != logRatios.length) {
            throw new IllegalArgumentException("there are windows of " + windows.size() + " blocks, expected those of "
                    + logRatios.length + ", one for each ratio");
        }
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        int blocks = logRatios.length;
        double centre = SignedRank.hodgesLehmann(logRatios);
        double betweenShare = Math.sqrt(betweenShareOfVariance(logRatios, windows, random));
        double[] sample = new double[blocks];
        double[] walsh = new double[blocks * (blocks + 1) / 2];
        Median median = Median.withDefaults().withCopy(false);
        double[] estimates = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < blocks; j++) {
                int block = random.nextInt(blocks);
                sample[j] = centre
                        + betweenShare * (logRatios[block] - centre)
                        + windows.get(block).drawLogRatio(random);
            }
            SignedRank.fillWalshAverages(sample, walsh);
            estimates[i] = median.evaluate(walsh);
        }
        return interval(centre, estimates, blocks, confidence);
    }

    /** The part of the ratios' variance that their windows do not explain, from 0 to 1. */
    private static double betweenShareOfVariance(
            double[] logRatios, List<Windows> windows, UniformRandomProvider random) {
        double total = Variance.of(logRatios).getAsDouble();
        double within = 0;
        double[] drawn = new double[VARIANCE_DRAWS];
        for (Windows each : windows) {
            Arrays.setAll(drawn, i -> each.drawLogRatio(random));
            within += Variance.of(drawn).getAsDouble() / windows.size();
        }
        return total > 0 ? Math.max(0, 1 - within / total) : 0;
    }

    private static void requireBlocks(int blocks) {
        if (blocks < 2) {
            throw new IllegalArgumentException(
                    "there are " + blocks + " blocks, expected at least 2 to draw from; run more blocks");
        }
    }

    /** From the resampled estimates, which are sorted in place. */
    private static Interval interval(double estimate, double[] estimates, int blocks, double confidence) {
        Arrays.sort(estimates);
        double tail = expandedTail(blocks, confidence);
        return new Interval(estimate, quantile(estimates, tail), quantile(estimates, 1 - tail), confidence);
    }

    /** The share of estimates to leave beyond either end. */
    static double expandedTail(int blocks, double confidence) {
        double quantile = TDistribution.of(blocks - 1).inverseSurvivalProbability((1 - confidence) / 2);
        return NormalDistribution.of(0, 1).survivalProbability(Math.sqrt(blocks / (blocks - 1.0)) * quantile);
    }

    /** Linear between order statistics at (k / (size + 1)). */
    private static double quantile(double[] sorted, double probability) {
        double rank = Math.min(Math.max(probability * (sorted.length + 1) - 1, 0), sorted.length - 1.0);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
