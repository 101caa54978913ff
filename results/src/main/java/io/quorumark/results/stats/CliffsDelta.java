package io.quorumark.results.stats;

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
        long larger = 0;
        for (double a : first) {
            for (double b : second) {
                larger += Long.signum(Double.compare(a, b));
            }
        }
        return (double) larger / ((long) first.length * second.length);
    }
}
