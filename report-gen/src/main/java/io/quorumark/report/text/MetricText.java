package io.quorumark.report.text;

import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import java.util.Optional;

/** Values of metrics for people: the one place that knows how a unit is written. */
public final class MetricText {
    private MetricText() {}

    /**
     * Why a comparison by this metric has no verdict, as a part of a sentence; empty if it may have one.
     *
     * @param judgedBy what it had to be judged by
     */
    public static Optional<String> standIn(Metric judgedBy, Cell.Load load) {
        return judgedBy.decides(load)
                ? Optional.empty()
                : Optional.of("too few samples for " + Metric.primaryOf(load).words(load) + ", and " + judgedBy.words()
                        + " decides nothing here");
    }

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
