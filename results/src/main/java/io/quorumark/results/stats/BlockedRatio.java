package io.quorumark.results.stats;

import io.quorumark.results.stats.BootstrapInterval.Windows;
import java.util.List;
import java.util.Optional;

/**
 * The ratio of two cells, from the blocks in which both ran. Taking the ratio within a block cancels what the machine did to both.
 *
 * @param blocks how many blocks had both
 * @param ratio Hodges-Lehmann estimate; its interval is the exact one of {@link SignedRank} below {@value BootstrapInterval#LEAST_BLOCKS}
 * blocks, and that of {@link BootstrapInterval} from there on, up to {@value BootstrapInterval#MOST_BLOCKS}
 * @param pValue of the exact sign-flip test of no difference
 * @param cliffsDelta of the two samples
 * @param detectable the smallest effect that blocks as noisy as these show; empty if there are too few of them to show any
 */
public record BlockedRatio(
        int blocks, Interval ratio, double pValue, double cliffsDelta, Optional<MinimumDetectableEffect> detectable) {

    /**
     * One block's values, both above 0.
     *
     * @param windows of the two trials, if there are any that the values came from
     */
    public record Pair(double value, double reference, Windows windows) {
        public Pair {
            if (!(value > 0
                    && value < Double.POSITIVE_INFINITY
                    && reference > 0
                    && reference < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("the pair is " + value + " and " + reference
                        + ", expected two finite values above 0; leave out a block that has none");
            }
        }

        /** A block of which only the two values are known. */
        public Pair(double value, double reference) {
            this(value, reference, Windows.NONE);
        }

        /** Natural logarithm of value over reference. */
        public double logRatio() {
            return Math.log(value / reference);
        }
    }

    /**
     * @param pairs at least one
     * @param confidence wanted of the interval
     * @param seed of what is drawn: flips beyond what can be counted, and the bootstrap
     */
    public static BlockedRatio of(List<Pair> pairs, double confidence, long seed) {
        double[] logRatios = logRatios(pairs);
        return of(pairs, logRatios, interval(pairs, logRatios, confidence, seed), confidence, seed);
    }

    /**
     * The same with the exact interval of {@link SignedRank} over blocks, however many there are: for values that have no windows, and
     * without the cost of resampling.
     */
    public static BlockedRatio ofBlocks(List<Pair> pairs, double confidence, long seed) {
        double[] logRatios = logRatios(pairs);
        return of(pairs, logRatios, SignedRank.interval(logRatios, confidence), confidence, seed);
    }

    private static double[] logRatios(List<Pair> pairs) {
        return pairs.stream().mapToDouble(Pair::logRatio).toArray();
    }

    private static BlockedRatio of(
            List<Pair> pairs, double[] logRatios, Interval logRatio, double confidence, long seed) {
        return new BlockedRatio(
                pairs.size(),
                logRatio.map(Math::exp),
                SignFlip.pValue(logRatios, seed),
                CliffsDelta.of(
                        pairs.stream().mapToDouble(Pair::value).toArray(),
                        pairs.stream().mapToDouble(Pair::reference).toArray()),
                MinimumDetectableEffect.fromOwnBlocks(logRatios, 1 - confidence));
    }

    private static Interval interval(List<Pair> pairs, double[] logRatios, double confidence, long seed) {
        if (logRatios.length < BootstrapInterval.LEAST_BLOCKS || logRatios.length > BootstrapInterval.MOST_BLOCKS) {
            return SignedRank.interval(logRatios, confidence);
        }
        List<Windows> windows = pairs.stream().map(Pair::windows).toList();
        return windows.stream().anyMatch(Windows::canBeDrawnFrom)
                ? BootstrapInterval.overBlocksAndWindows(logRatios, windows, confidence, seed)
                : BootstrapInterval.overBlocks(logRatios, confidence, seed);
    }
}
