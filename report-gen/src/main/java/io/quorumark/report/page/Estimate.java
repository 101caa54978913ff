package io.quorumark.report.page;

/**
 * A figure with its interval.
 *
 * @param value the estimate; {@code NaN} if the trials support none
 * @param low of the interval; {@code NaN} if the trials support none
 * @param high of the interval; {@code NaN} if the trials support none
 * @param confidence that the interval attains; {@code NaN} without one
 */
public record Estimate(double value, double low, double high, double confidence) {

    public static final Estimate ABSENT = new Estimate(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Without an interval. */
    static Estimate point(double value) {
        return new Estimate(value, Double.NaN, Double.NaN, Double.NaN);
    }

    public boolean isPresent() {
        return Double.isFinite(value);
    }

    public boolean hasInterval() {
        return Double.isFinite(low) && Double.isFinite(high);
    }
}
