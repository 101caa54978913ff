package io.quorumark.results.stats;

import java.util.function.DoubleUnaryOperator;

/**
 * An estimate and its confidence interval.
 *
 * @param estimate the best single value
 * @param low end of the interval
 * @param high end of the interval
 * @param confidence that the interval really attains; with few trials less than was asked for
 */
public record Interval(double estimate, double low, double high, double confidence) {
    /** The same on another scale, by an increasing function. */
    public Interval map(DoubleUnaryOperator increasing) {
        return new Interval(
                increasing.applyAsDouble(estimate),
                increasing.applyAsDouble(low),
                increasing.applyAsDouble(high),
                confidence);
    }

    /** Half of its width, as a share of the estimate. */
    public double relativeHalfWidth() {
        return (high - low) / 2 / Math.abs(estimate);
    }

    /** Whether so much confidence could be had. */
    public boolean attains(double wanted) {
        return confidence >= wanted;
    }
}
