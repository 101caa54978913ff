package io.quorumark.results.stats;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Whether a series of equally long windows falls, and whether it falls so fast that a longer run would have come to nothing.
 *
 * <p>The line through the windows is that of H. Theil and P. K. Sen ("Estimates of the Regression Coefficient Based on Kendall's Tau",
 * Journal of the American Statistical Association 63, 1968), which single stalls do not move. That it falls is tested by H. B. Mann's and
 * M. G. Kendall's rank test; since neighbouring windows are alike, the test's variance is multiplied as S. Yue and C. Wang propose ("The
 * Mann-Kendall test modified by effective sample size", Water Resources Management 18, 2004), by the lag-one autocorrelation of what the
 * line leaves over.
 *
 * @param state what was found
 * @param changeOverSeries by what share the line changes from the first window to the last, such as -0.2 if it falls by a fifth; 0 if there
 * were too few windows
 * @param lastOverFirst the median of the last third over that of the first third; 1 if there were too few windows
 * @param pValue one-sided, of a line that does not fall; 1 if there were too few windows
 */
public record WindowSlope(State state, double changeOverSeries, double lastOverFirst, double pValue) {
    /** Fewer windows than this cannot tell. */
    public static final int LEAST_WINDOWS = 15;

    /** A line that falls by this share would reach zero within as much time again. */
    public static final double COLLAPSING_FALL = 0.5;

    /** A last third below this share of the first third is the end of something. */
    public static final double COLLAPSED_SHARE = 0.5;

    /** Of a series that has ended, no window of the last third comes above this share of the first third's median. */
    private static final double HIGHEST_AFTER_END = 0.75;

    /** How seldom a series that does not fall may look as if it did. */
    public static final double SIGNIFICANCE = 0.005;

    /** More windows than this are averaged: all pairs are looked at. */
    private static final int MOST_POINTS = 120;

    private static final double MOST_AUTOCORRELATION = 0.9;

    /** What was found. */
    public enum State {
        /** It falls by no more than the band, or no more than noise does. */
        HOLDS,
        /** It falls by more than the band. */
        FALLS,
        /** It falls and would come to zero within as much time again, or its last third is a fragment of its first. */
        COLLAPSES,
        /** Fewer than {@value #LEAST_WINDOWS} windows. */
        TOO_SHORT
    }

    /**
     * @param windows one value each, such as operations acknowledged; finite, from 0 on
     * @param band a fall that does not matter, such as 0.05
     */
    public static WindowSlope of(double[] windows, double band) {
        for (int i = 0; i < windows.length; i++) {
            if (!(windows[i] >= 0 && windows[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "window " + i + " is " + windows[i] + ", expected a finite number from 0 on");
            }
        }
        if (windows.length < LEAST_WINDOWS) {
            return new WindowSlope(State.TOO_SHORT, 0, 1, 1);
        }
        double[] points = averaged(windows);
        double slope = slope(points);
        double start = median(residuals(points, slope));
        double change = start > 0 ? Math.max(-1, slope * (points.length - 1) / start) : 0;
        double pValue = pValue(points, slope);
        int third = points.length / 3;
        double first = median(Arrays.copyOfRange(points, 0, third));
        double[] end = Arrays.copyOfRange(points, points.length - third, points.length);
        double share = first > 0 ? median(end) / first : 1;
        boolean falls = change < -band && pValue <= SIGNIFICANCE;
        // a step is no line; that no window of the last third comes near the first third's level tells it from a series
        // of stalls
        boolean ended =
                share < COLLAPSED_SHARE && Arrays.stream(end).allMatch(each -> each < HIGHEST_AFTER_END * first);
        State state = ended || (falls && change <= -COLLAPSING_FALL && share < HIGHEST_AFTER_END)
                ? State.COLLAPSES
                : falls ? State.FALLS : State.HOLDS;
        return new WindowSlope(state, change, share, pValue);
    }

    /** Whether it falls by more than the band, or worse. */
    public boolean isFalling() {
        return state == State.FALLS || state == State.COLLAPSES;
    }

    private static double[] averaged(double[] windows) {
        int together = (windows.length + MOST_POINTS - 1) / MOST_POINTS;
        double[] points = new double[windows.length / together];
        for (int i = 0; i < points.length * together; i++) {
            points[i / together] += windows[i] / together;
        }
        return points;
    }

    /** Theil's and Sen's: the median over all pairs. */
    private static double slope(double[] points) {
        double[] slopes = new double[points.length * (points.length - 1) / 2];
        int at = 0;
        for (int i = 0; i < points.length; i++) {
            for (int j = i + 1; j < points.length; j++) {
                slopes[at++] = (points[j] - points[i]) / (j - i);
            }
        }
        return median(slopes);
    }

    /** What is left without the slope: the level of the first point, and noise. */
    private static double[] residuals(double[] points, double slope) {
        double[] left = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            left[i] = points[i] - slope * i;
        }
        return left;
    }

    private static double pValue(double[] points, double slope) {
        long score = 0;
        for (int i = 0; i < points.length; i++) {
            for (int j = i + 1; j < points.length; j++) {
                score += (long) Math.signum(points[j] - points[i]);
            }
        }
        double variance = scoreVariance(points) * varianceFactor(residuals(points, slope));
        if (variance <= 0) {
            return 1;
        }
        return NormalDistribution.of(0, 1).cumulativeProbability((score + 1) / Math.sqrt(variance));
    }

    /** Of Kendall's score if order means nothing, less what ties take away. */
    private static double scoreVariance(double[] points) {
        double[] sorted = points.clone();
        Arrays.sort(sorted);
        double variance = pairTerm(points.length);
        for (int from = 0; from < sorted.length; ) {
            int to = from + 1;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            variance -= pairTerm(to - from);
            from = to;
        }
        return variance / 18;
    }

    private static double pairTerm(double count) {
        return count * (count - 1) * (2 * count + 5);
    }

    private static double varianceFactor(double[] residuals) {
        double mean = Arrays.stream(residuals).average().orElseThrow();
        double all = 0;
        double neighbours = 0;
        for (int i = 0; i < residuals.length; i++) {
            all += (residuals[i] - mean) * (residuals[i] - mean);
            if (i > 0) {
                neighbours += (residuals[i] - mean) * (residuals[i - 1] - mean);
            }
        }
        // a short series shows less of its autocorrelation than there is: about a share of 4/n and 1/n less
        double seen = all > 0 ? neighbours / all : 0;
        double unbiased = (seen * residuals.length + 1) / Math.max(1, residuals.length - 4);
        double correlation = Math.min(MOST_AUTOCORRELATION, Math.max(0, unbiased));
        return (1 + correlation) / (1 - correlation);
    }

    private static double median(double[] values) {
        return Median.withDefaults().withCopy(true).evaluate(values);
    }
}
