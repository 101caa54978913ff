package io.quorumark.results.stats;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The sign-flip (one-sample permutation) test of a mean of zero: under the null hypothesis every value could as well have the other sign.
 * See R. A. Fisher, "The Design of Experiments", section 21. Exact up to {@value #MAX_EXACT} values, beyond that by a seeded random sample
 * of flips.
 */
public final class SignFlip {
    static final int MAX_EXACT = 30;

    /** A multiple of four. */
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

    /**
     * Over all sign flips, which are not walked one by one: the sums of either half of the sample are sorted, and for each of one half
     * those of the other that make it extreme are counted. That takes the square root of the number of flips.
     */
    static double exact(double[] sample) {
        double observed = observed(sample);
        double[] first = sums(sample, 0, sample.length / 2);
        double[] second = sums(sample, sample.length / 2, sample.length);
        long extreme = 0;
        Arrays.sort(first);
        Arrays.sort(second);
        int reaching = second.length; // second[reaching..] are large enough beside first[i]; grows downwards with i
        int falling = second.length; // second[..falling) are small enough
        for (double sum : first) {
            while (reaching > 0 && sum + second[reaching - 1] >= observed) {
                reaching--;
            }
            while (falling > 0 && sum + second[falling - 1] > -observed) {
                falling--;
            }
            // if nothing was observed, both ends meet and every flip is extreme
            extreme += observed <= 0 ? second.length : (second.length - reaching) + falling;
        }
        return (double) extreme / ((double) first.length * second.length);
    }

    /**
     * Over random sign flips. A sum is followed no further once what is left of the sample cannot make it extreme: if cells differ in most
     * blocks, that is after a few values.
     */
    static double sampled(double[] sample, long seed) {
        double observed = observed(sample);
        if (observed <= 0) {
            return 1; // every flip is extreme
        }
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        // eight values at a time: the sums of all their flips, of which one drawn byte picks one
        double[][] sums = new double[(sample.length + Byte.SIZE - 1) / Byte.SIZE][];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums(sample, Byte.SIZE * i, Math.min(sample.length, Byte.SIZE * (i + 1)));
        }
        double[] needed = needed(sample, sums.length, observed);
        // four flips side by side, since each addition waits for the one before it in the same sum
        int words = (sums.length + Long.BYTES - 1) / Long.BYTES;
        long[] drawn = new long[4 * words];
        long extreme = 1; // the observed signs are one of the flips
        for (int i = 0; i < SAMPLED_FLIPS; i += 4) {
            for (int word = 0; word < drawn.length; word++) {
                drawn[word] = random.nextLong();
            }
            double first = 0;
            double second = 0;
            double third = 0;
            double fourth = 0;
            for (int word = 0; word < words; word++) {
                double least = needed[word];
                if (Math.abs(first) < least
                        && Math.abs(second) < least
                        && Math.abs(third) < least
                        && Math.abs(fourth) < least) {
                    break;
                }
                int end = Math.min(sums.length, (word + 1) * Long.BYTES);
                for (int j = word * Long.BYTES; j < end; j++) {
                    double[] ofEight = sums[j];
                    int signs = ofEight.length - 1;
                    int shift = j % Long.BYTES * Byte.SIZE;
                    first += ofEight[(int) (drawn[word] >>> shift) & signs];
                    second += ofEight[(int) (drawn[words + word] >>> shift) & signs];
                    third += ofEight[(int) (drawn[2 * words + word] >>> shift) & signs];
                    fourth += ofEight[(int) (drawn[3 * words + word] >>> shift) & signs];
                }
            }
            extreme += isExtreme(first, observed)
                    + isExtreme(second, observed)
                    + isExtreme(third, observed)
                    + isExtreme(fourth, observed);
        }
        return (double) extreme / (SAMPLED_FLIPS + 1);
    }

    /**
     * How far from zero a sum must be before each 64 values to become extreme, however the signs of the rest fall; less by far more than
     * the rounding of all its additions.
     */
    private static double[] needed(double[] sample, int eights, double observed) {
        double[] needed = new double[(eights + Long.BYTES - 1) / Long.BYTES];
        double magnitude = 0;
        for (double value : sample) {
            magnitude += Math.abs(value);
        }
        double rest = 0;
        for (int word = needed.length - 1; word >= 0; word--) {
            int end = Math.min(sample.length, (word + 1) * Long.SIZE);
            for (int i = word * Long.SIZE; i < end; i++) {
                rest += Math.abs(sample[i]);
            }
            needed[word] = observed - rest - 4 * sample.length * Math.ulp(magnitude);
        }
        return needed;
    }

    /** 1 if it is. */
    private static int isExtreme(double sum, double observed) {
        return Math.abs(sum) >= observed ? 1 : 0;
    }

    /** From here on a sum is as extreme as the observed one. Sums that differ by rounding alone count as equal. */
    private static double observed(double[] sample) {
        double sum = 0;
        double magnitude = 0;
        for (double value : sample) {
            sum += value;
            magnitude += Math.abs(value);
        }
        return Math.abs(sum) - TOLERANCE * magnitude;
    }

    /** The sums of all sign flips of a part of the sample. */
    private static double[] sums(double[] sample, int from, int to) {
        double[] sums = new double[1 << (to - from)];
        int filled = 1;
        for (int i = from; i < to; i++) {
            for (int j = 0; j < filled; j++) {
                sums[filled + j] = sums[j] - sample[i];
                sums[j] += sample[i];
            }
            filled *= 2;
        }
        return sums;
    }
}
