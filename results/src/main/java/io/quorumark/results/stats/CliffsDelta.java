package io.quorumark.results.stats;

import java.util.Arrays;

/**
 * How often a value of one sample is larger than one of the other, less how often it is smaller: N. Cliff, Psychological Bulletin 114
 * (1993). From -1 to 1.
 */
public final class CliffsDelta {
    private CliffsDelta() {}

    public static double of(double[] first, double[] second) {
        if (first.length == 0 || second.length == 0) {
            throw new IllegalArgumentException("a sample is empty, expected at least one value in each");
        }
        double[] values = sorted(first);
        double[] others = sorted(second);
        long larger = 0;
        int below = 0; // how many of the others are smaller than the value
        int upTo = 0; // how many are not larger
        for (double value : values) {
            while (below < others.length && Double.compare(others[below], value) < 0) {
                below++;
            }
            while (upTo < others.length && Double.compare(others[upTo], value) <= 0) {
                upTo++;
            }
            larger += below - (others.length - upTo);
        }
        return (double) larger / ((long) first.length * second.length);
    }

    private static double[] sorted(double[] sample) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
