package io.quorumark.workload.distribution;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Draws ranks 0 to n - 1 with probabilities proportional to 1 / (rank + 1)^theta: exactly, not by the approximation of Gray et al. that
 * YCSB uses, and without a power per draw.
 *
 * <p>The low ranks stand alone; the others are gathered in blocks so narrow that the probability changes by less than 1 % within one. An
 * alias table (Walker 1977, Vose 1991) picks a block as if all its ranks were as likely as its first; a rank of it is then accepted in
 * proportion to its true probability. All but about 1 % of the draws are accepted by comparison with the block's last rank alone. The table
 * has some thousand entries whatever n is. Powers are {@link StrictMath}'s, so that every machine draws the same.
 */
public final class ZipfRanks {
    private static final long SINGLE_RANKS = 256;
    private static final long RANKS_PER_UNIT_OF_WIDTH = 128;
    /** The next term is less than 1e-17. */
    private static final int SERIES_TERMS = 8;

    private final double theta;
    /** 1-based rank that each block begins with. */
    private final long[] first;

    private final long[] size;
    /** Probability of a block's last rank divided by that of its first. */
    private final double[] surelyAccepted;

    private final double[] threshold;
    private final int[] alias;

    /**
     * @param ranks how many, 1 or more
     * @param theta skew, more than 0
     */
    public ZipfRanks(long ranks, double theta) {
        if (ranks < 1 || !(theta > 0)) {
            throw new IllegalArgumentException(
                    "ranks is " + ranks + " and theta " + theta + ", expected 1 or more and more than 0");
        }
        this.theta = theta;
        int capacity = 1024;
        long[] starts = new long[capacity];
        int blocks = 0;
        for (long start = 1; start <= ranks; start += width(start)) {
            if (blocks == starts.length) {
                starts = Arrays.copyOf(starts, 2 * blocks);
            }
            starts[blocks++] = start;
        }
        first = Arrays.copyOf(starts, blocks);
        size = new long[blocks];
        surelyAccepted = new double[blocks];
        double[] weight = new double[blocks];
        for (int i = 0; i < blocks; i++) {
            size[i] = Math.min(width(first[i]), ranks - first[i] + 1);
            weight[i] = size[i] * StrictMath.pow((double) first[i], -theta);
            surelyAccepted[i] = acceptance(first[i], first[i] + size[i] - 1);
        }
        threshold = new double[blocks];
        alias = new int[blocks];
        buildAliases(weight);
    }

    /** Draws a rank, 0 being the likeliest. */
    public long sample(UniformRandomProvider random) {
        while (true) {
            int column = random.nextInt(first.length);
            int block = random.nextDouble() < threshold[column] ? column : alias[column];
            if (size[block] == 1) {
                return first[block] - 1;
            }
            long rank = first[block] + random.nextLong(size[block]);
            double u = random.nextDouble();
            if (u < surelyAccepted[block] || u < acceptance(first[block], rank)) {
                return rank - 1;
            }
        }
    }

    /**
     * (blockFirst / rank)^theta = (1 - x)^theta by the binomial series, exact to the last digits as x is at most
     * 1/{@value #RANKS_PER_UNIT_OF_WIDTH}. {@link StrictMath#pow} would do as well, but allocates.
     */
    private double acceptance(long blockFirst, long rank) {
        double x = (double) (rank - blockFirst) / rank;
        double term = 1;
        double sum = 1;
        for (int k = 0; k < SERIES_TERMS; k++) {
            term *= x * (k - theta) / (k + 1);
            sum += term;
        }
        return sum;
    }

    private static long width(long start) {
        return start < SINGLE_RANKS ? 1 : start / RANKS_PER_UNIT_OF_WIDTH;
    }

    /** Vose's construction: each column keeps a part of its own block and gives the rest to one that has too much. */
    private void buildAliases(double[] weight) {
        double total = 0;
        for (double w : weight) {
            total += w;
        }
        int n = weight.length;
        double[] scaled = new double[n];
        int[] small = new int[n];
        int[] large = new int[n];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < n; i++) {
            scaled[i] = weight[i] * n / total;
            if (scaled[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0 && larges > 0) {
            int poor = small[--smalls];
            int rich = large[larges - 1];
            threshold[poor] = scaled[poor];
            alias[poor] = rich;
            scaled[rich] -= 1 - scaled[poor];
            if (scaled[rich] < 1) {
                larges--;
                small[smalls++] = rich;
            }
        }
        // What rounding leaves over fills its column alone.
        while (larges > 0) {
            threshold[large[--larges]] = 1;
        }
        while (smalls > 0) {
            threshold[small[--smalls]] = 1;
        }
    }
}
