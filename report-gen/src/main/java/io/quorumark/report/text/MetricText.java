package io.quorumark.report.text;

import io.quorumark.results.metric.Metric;

/** Values of metrics for people: the one place that knows how a unit is written. */
public final class MetricText {
    private MetricText() {}

    /** With its unit: {@code 39.1 k ops/s}, {@code 1.24 ms}. */
    public static String level(Metric metric, double value) {
        return metric.unit() == Metric.Unit.OPERATIONS_PER_SECOND ? Figures.perSecond(value) : column(metric, value);
    }

    /** For a column whose head names the unit of rates: {@code 39.1 k}, {@code 1.24 ms}. */
    public static String column(Metric metric, double value) {
        return switch (metric.unit()) {
            case OPERATIONS_PER_SECOND -> Figures.rate(value);
            case MICROS -> Figures.micros(value);
            case NANOS -> Figures.nanos(value);
            case SECONDS -> Figures.nanos(1e9 * value);
            case BYTES -> Figures.bytes(value);
            case RATIO -> Figures.ratio(value);
        };
    }
}
