package io.quorumark.results.stats;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The smallest true effect that so many blocks, as noisy as these, would have shown with a probability of {@value #POWER}: the one at which
 * the two-sided t-test of the mean log ratio has that power. The noncentral t-distribution behind it is integrated over the standard
 * deviation's distribution: N. L. Johnson, S. Kotz, N. Balakrishnan, "Continuous Univariate Distributions", volume 2, 2nd edition, chapter
 * 31. The sign-flip test that decides here loses next to nothing against the t-test if noise is normal.
 *
 * @param relative the effect as a part of the reference: 0.04 is a ratio of 1.04
 * @param sdLogRatio the standard deviation of blocks that it follows from
 * @param blocks how many the comparison has
 * @param source whose blocks told the noise
 */
public record MinimumDetectableEffect(double relative, double sdLogRatio, int blocks, Source source) {
    public static final double POWER = 0.8;

    private static final int SLICES = 64;
    private static final double NEGLIGIBLE = 1e-13;
    private static final double PRECISION = 1e-7;

    /** A search that every ratio of a campaign would repeat. There are as many as campaigns have numbers of blocks, of each level. */
    private static final Map<Test, Double> NONCENTRALITIES = new ConcurrentHashMap<>();

    private record Test(int blocks, double alpha) {}

    /** Whose blocks told the noise. */
    public enum Source {
        /** The same cell twice: all that differs is noise, and none of it comes from the comparison that it judges. */
        AA_ARM,
        /**
         * The comparison's own blocks, as there is no A/A arm: right on average, but large if the interval is wide by chance, and small if
         * it is narrow.
         */
        OWN_BLOCKS
    }

    /**
     * From an A/A arm.
     *
     * @param aaLogRatios of the same cell with itself, one for each block
     * @param blocks of the comparison that is to be judged
     * @param alpha of the two-sided test, such as 0.05
     * @return empty if two blocks are wanting, or if so few blocks could not have shown any effect
     */
    public static Optional<MinimumDetectableEffect> fromAaArm(double[] aaLogRatios, int blocks, double alpha) {
        return of(aaLogRatios, blocks, alpha, Source.AA_ARM);
    }

    /**
     * From the blocks of the comparison itself. Their mean does not matter, only how they differ.
     *
     * @return as {@link #fromAaArm}
     */
    public static Optional<MinimumDetectableEffect> fromOwnBlocks(double[] logRatios, double alpha) {
        return of(logRatios, logRatios.length, alpha, Source.OWN_BLOCKS);
    }

    private static Optional<MinimumDetectableEffect> of(double[] logRatios, int blocks, double alpha, Source source) {
        if (logRatios.length < 2 || blocks < 2 || SignFlip.smallestPValue(blocks) > alpha) {
            return Optional.empty();
        }
        double sd = Math.sqrt(Variance.of(logRatios).getAsDouble());
        double logEffect = sd * noncentrality(blocks, alpha) / Math.sqrt(blocks);
        return Optional.of(new MinimumDetectableEffect(Math.expm1(logEffect), sd, blocks, source));
    }

    /** Effect in standard errors at which the power is {@value #POWER}: of the same number of blocks always the same. */
    static double noncentrality(int blocks, double alpha) {
        return NONCENTRALITIES.computeIfAbsent(
                new Test(blocks, alpha), test -> computedNoncentrality(test.blocks(), test.alpha()));
    }

    private static double computedNoncentrality(int blocks, double alpha) {
        Power power = new Power(blocks - 1, alpha);
        double low = 0;
        double high = 1;
        while (power.at(high) < POWER) {
            low = high;
            high *= 2;
        }
        while (high - low > PRECISION) {
            double middle = (low + high) / 2;
            if (power.at(middle) < POWER) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /**
     * Of the two-sided one-sample t-test. Given the sample's standard deviation over the true one, t exceeds its critical value with a
     * normal probability.
     */
    private static final class Power {
        private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

        private final double critical;
        private final double[] deviations = new double[SLICES];
        private final double[] weights = new double[SLICES];

        Power(int degreesOfFreedom, double alpha) {
            critical = TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(alpha / 2);
            ChiSquaredDistribution squares = ChiSquaredDistribution.of(degreesOfFreedom);
            double from = Math.sqrt(squares.inverseCumulativeProbability(NEGLIGIBLE) / degreesOfFreedom);
            double to = Math.sqrt(squares.inverseSurvivalProbability(NEGLIGIBLE) / degreesOfFreedom);
            double width = (to - from) / SLICES;
            for (int i = 0; i < SLICES; i++) {
                double deviation = from + (i + 0.5) * width;
                deviations[i] = deviation;
                weights[i] = width
                        * 2
                        * degreesOfFreedom
                        * deviation
                        * squares.density(degreesOfFreedom * deviation * deviation);
            }
        }

        double at(double noncentrality) {
            double power = 0;
            for (int i = 0; i < SLICES; i++) {
                double threshold = critical * deviations[i];
                power += weights[i]
                        * (NORMAL.cumulativeProbability(noncentrality - threshold)
                                + NORMAL.cumulativeProbability(-noncentrality - threshold));
            }
            return power;
        }
    }
}
