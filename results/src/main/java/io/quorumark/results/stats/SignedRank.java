package io.quorumark.results.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The centre of a symmetric distribution from a sample: the Hodges-Lehmann estimate (median of all Walsh averages) and the exact interval
 * that inverts Wilcoxon's signed-rank test. See M. Hollander, D. A. Wolfe, E. Chicken, "Nonparametric Statistical Methods", 3rd edition,
 * sections 3.2 and 3.3.
 */
public final class SignedRank {
    /** Above this, the exact distribution is left for the normal approximation. */
    private static final int MAX_EXACT = 50;

    /** What every sample of the same size would look for again. There are as many as campaigns have numbers of trials, of each level. */
    private static final Map<Wanted, Cut> CUTS = new ConcurrentHashMap<>();

    private record Wanted(int size, double confidence) {}

    /**
     * Where an interval ends among the Walsh averages.
     *
     * @param rank of the lower end, 0-based
     * @param attained confidence
     */
    private record Cut(int rank, double attained) {}

    private SignedRank() {}

    /**
     * @param sample at least one value
     * @param wantedConfidence such as 0.95; if the sample is too small for it, the widest interval is given with the confidence that it
     * attains
     */
    public static Interval interval(double[] sample, double wantedConfidence) {
        WalshAverages walsh = new WalshAverages(sample);
        Cut cut = CUTS.computeIfAbsent(
                new Wanted(sample.length, wantedConfidence),
                wanted -> cut(wanted.size(), walsh.count(), wanted.confidence()));
        return new Interval(
                walsh.median(), walsh.at(cut.rank()), walsh.at(walsh.count() - 1 - cut.rank()), cut.attained());
    }

    private static Cut cut(int n, long count, double wantedConfidence) {
        int rank = largestCut(n, count, wantedConfidence);
        return new Cut(rank, Math.max(0, 1 - 2 * lowerTail(n, rank)));
    }

    /** The largest whose tails still leave the wanted confidence; 0 if none does. */
    private static int largestCut(int n, long count, double wantedConfidence) {
        int enough = 0;
        int tooMuch = Math.toIntExact((count - 1) / 2 + 1);
        while (tooMuch - enough > 1) {
            int cut = (enough + tooMuch) >>> 1;
            if (2 * lowerTail(n, cut) <= 1 - wantedConfidence) {
                enough = cut;
            } else {
                tooMuch = cut;
            }
        }
        return enough;
    }

    /** The median of all pairwise averages, each value with itself included. */
    public static double hodgesLehmann(double[] sample) {
        return new WalshAverages(sample).median();
    }

    /** Row by row: each value with itself, then with those after it. */
    static void fillWalshAverages(double[] sample, double[] walsh) {
        int at = 0;
        for (int i = 0; i < sample.length; i++) {
            for (int j = i; j < sample.length; j++) {
                walsh[at++] = (sample[i] + sample[j]) / 2;
            }
        }
    }

    /** P(W+ &le; w) for n values under the null hypothesis. */
    static double lowerTail(int n, int w) {
        if (n > MAX_EXACT) {
            double mean = n * (n + 1) / 4.0;
            double deviation = Math.sqrt(n * (n + 1) * (2.0 * n + 1) / 24);
            return NormalDistribution.of(mean, deviation).cumulativeProbability(w + 0.5);
        }
        // ways[s]: subsets of {1..n} whose ranks sum to s
        double[] ways = new double[w + 1];
        ways[0] = 1;
        for (int rank = 1; rank <= n; rank++) {
            for (int sum = w; sum >= rank; sum--) {
                ways[sum] += ways[sum - rank];
            }
        }
        return Arrays.stream(ways).sum() / Math.pow(2, n);
    }
}
