package io.quorumark.results.decision;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DirichletSampler;
import org.apache.commons.rng.simple.RandomSource;

/** What is drawn to see how sure a rank is. The same seed draws the same. */
final class Sampling {
    private final UniformRandomProvider random;

    Sampling(long seed) {
        this.random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    }

    /**
     * One block fewer than there are, with replacement, the same for all options: they shared the machine's minutes. With one fewer the
     * variance among draws is that of the estimate, and not smaller by one block in n: B. Efron, "The Jackknife, the Bootstrap and Other
     * Resampling Plans" (1982), section 8.3; J. N. K. Rao, C. F. J. Wu, JASA 83 (1988).
     */
    int[][] blocks(int[][] all) {
        return Arrays.stream(all)
                .map(of -> IntStream.range(0, Math.max(1, of.length - 1))
                        .map(i -> of[random.nextInt(of.length)])
                        .toArray())
                .toArray(int[][]::new);
    }

    /**
     * Shares around the stated ones, by a Dirichlet distribution.
     *
     * @param shares sum to 1; those that are 0 stay 0
     */
    double[] around(double[] shares, double concentration) {
        return dirichlet(
                shares,
                Arrays.stream(shares)
                        .filter(share -> share > 0)
                        .map(share -> concentration * share)
                        .toArray());
    }

    /** Any shares, all as likely, of those that are above 0. */
    double[] anywhere(double[] shares) {
        return dirichlet(
                shares,
                Arrays.stream(shares).filter(share -> share > 0).map(share -> 1).toArray());
    }

    private double[] dirichlet(double[] shares, double[] alpha) {
        if (alpha.length < 2) {
            return shares.clone();
        }
        double[] drawn = DirichletSampler.of(random, alpha).sample();
        double[] all = new double[shares.length];
        int at = 0;
        for (int criterion = 0; criterion < all.length; criterion++) {
            all[criterion] = shares[criterion] > 0 ? drawn[at++] : 0;
        }
        return all;
    }
}
