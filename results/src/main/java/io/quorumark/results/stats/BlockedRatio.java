package io.quorumark.results.stats;

import java.util.List;

/**
 * The ratio of two cells, from the blocks in which both ran. Taking the ratio within a block cancels what the machine did to both.
 *
 * @param blocks how many blocks had both
 * @param ratio Hodges-Lehmann estimate with its exact interval
 * @param pValue of the exact sign-flip test of no difference
 * @param cliffsDelta of the two samples
 */
public record BlockedRatio(int blocks, Interval ratio, double pValue, double cliffsDelta) {
    /** One block's values, both above 0. */
    public record Pair(double value, double reference) {}

    /**
     * @param pairs at least one
     * @param confidence wanted of the interval
     */
    public static BlockedRatio of(List<Pair> pairs, double confidence, long seed) {
        double[] logRatios = pairs.stream()
                .mapToDouble(pair -> Math.log(pair.value() / pair.reference()))
                .toArray();
        return new BlockedRatio(
                pairs.size(),
                SignedRank.interval(logRatios, confidence).map(Math::exp),
                SignFlip.pValue(logRatios, seed),
                CliffsDelta.of(
                        pairs.stream().mapToDouble(Pair::value).toArray(),
                        pairs.stream().mapToDouble(Pair::reference).toArray()));
    }
}
