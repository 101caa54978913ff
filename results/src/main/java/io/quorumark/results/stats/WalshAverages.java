package io.quorumark.results.stats;

import java.util.Arrays;

/**
 * The averages of all pairs of a sample, each value with itself included, in ascending order and without being listed: one of given rank is
 * found by halving the range of doubles and counting, in time linear in the sample. The counting is that of J. F. Monahan, "Fast
 * Computation of the Hodges-Lehmann Location Estimator", ACM Transactions on Mathematical Software 10 (1984).
 */
final class WalshAverages {
    private final double[] sorted;
    private final long count;

    /** @param sample at least one value, finite */
    WalshAverages(double[] sample) {
        if (sample.length == 0) {
            throw new IllegalArgumentException("the sample is empty, expected at least one value");
        }
        for (double value : sample) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("the sample holds " + value + ", expected finite values");
            }
        }
        sorted = sample.clone();
        Arrays.sort(sorted);
        count = sample.length * (sample.length + 1L) / 2;
    }

    long count() {
        return count;
    }

    double median() {
        double upper = at(count / 2);
        return count % 2 == 1 ? upper : (at(count / 2 - 1) + upper) / 2;
    }

    /** @param rank 0-based */
    double at(long rank) {
        // doubles and the integers made of their bits have the same order
        long below = ordered(sorted[0]) - 1;
        long enough = ordered(sorted[sorted.length - 1]);
        while (below + 1 < enough) {
            long middle = (below & enough) + ((below ^ enough) >> 1); // their difference may overflow
            if (countUpTo(value(middle)) > rank) {
                enough = middle;
            } else {
                below = middle;
            }
        }
        return value(enough) + 0.0; // not the negative zero
    }

    /** How many are not above this value. */
    private long countUpTo(double value) {
        long found = 0;
        int end = sorted.length - 1;
        for (int i = 0; i <= end; i++) {
            while (end >= i && (sorted[i] + sorted[end]) / 2 > value) {
                end--;
            }
            found += end - i + 1;
        }
        return found;
    }

    private static long ordered(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits < 0 ? Long.MIN_VALUE - bits : bits;
    }

    private static double value(long ordered) {
        return Double.longBitsToDouble(ordered < 0 ? Long.MIN_VALUE - ordered : ordered);
    }
}
