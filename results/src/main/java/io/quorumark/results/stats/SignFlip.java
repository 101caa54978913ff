package io.quorumark.results.stats;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The sign-flip (one-sample permutation) test of a mean of zero: under the null hypothesis every value could as well have the other sign. See R. A. Fisher, "The Design of
 * Experiments", section 21. Exact up to {@value #MAX_EXACT} values, beyond that by a seeded random sample of flips.
 */
public final class SignFlip {
    private static final int MAX_EXACT = 20;
    private static final int SAMPLED_FLIPS = 100_000;
    private static final double TOLERANCE = 1e-12;

    private SignFlip() {}

    /** The two-sided p-value; 1 for an empty sample. */
    public static double pValue(double[] sample, long seed) {
        return sample.length <= MAX_EXACT ? exact(sample) : sampled(sample, seed);
    }

    /** The smallest two-sided p-value that a sample of this size can have: with all signs equal. */
    public static double smallestPValue(int size) {
        return size <= MAX_EXACT ? Math.min(1, Math.pow(2, 1 - size)) : 1.0 / (SAMPLED_FLIPS + 1);
    }

    /** Over all sign flips. */
    static double exact(double[] sample) {
        double observed = observed(sample);
        long flips = 1L << sample.length;
        long extreme = 0;
        for (long signs = 0; signs < flips; signs++) {
            if (Math.abs(sum(sample, signs)) >= observed) {
                extreme++;
            }
        }
        return (double) extreme / flips;
    }

    /** Over random sign flips. */
    static double sampled(double[] sample, long seed) {
        double observed = observed(sample);
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        long extreme = 1; // the observed signs are one of the flips
        for (int i = 0; i < SAMPLED_FLIPS; i++) {
            double sum = 0;
            for (double value : sample) {
                sum += random.nextBoolean() ? value : -value;
            }
            if (Math.abs(sum) >= observed) {
                extreme++;
            }
        }
        return (double) extreme / (SAMPLED_FLIPS + 1);
    }

    /** Sums that differ by rounding alone count as equal. */
    private static double observed(double[] sample) {
        return Math.abs(sum(sample, -1L)) * (1 - TOLERANCE);
    }

    private static double sum(double[] sample, long signs) {
        double sum = 0;
        for (int i = 0; i < sample.length; i++) {
            sum += ((signs >>> (i & 63)) & 1) == 1 ? sample[i] : -sample[i];
        }
        return sum;
    }
}
