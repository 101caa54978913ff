package io.quorumark.results.history;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.MinimumDetectableEffect;
import io.quorumark.results.stats.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a history holds of a judged cell by one metric of the catalogue.
 *
 * @param metric which
 * @param unit of {@code value}
 * @param value of the head campaign, above 0
 * @param detectableEffect the smallest relative effect that the gate could have shown; null if it could not tell
 * @param verdict against the gate's base
 */
public record HistoryMetric(
        Metric metric,
        String unit,
        Interval value,
        @JsonSetter(nulls = Nulls.SET) @Nullable Double detectableEffect,
        Verdict verdict) {

    public HistoryMetric {
        requireAboveZero(metric, value, unit);
    }

    /** A value of 0 has no ratio to another. */
    static void requireAboveZero(Metric metric, Interval value, String unit) {
        if (!(value.estimate() > 0 && value.estimate() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("value of " + metric.id() + " is " + value.estimate() + " " + unit
                    + ", expected a finite number above 0");
        }
    }

    /** The head's part of what a gate says by a metric that does not decide. */
    static HistoryMetric of(MetricComparison compared) {
        return new HistoryMetric(
                compared.metric(),
                compared.metric().unit().symbol(),
                compared.value(),
                compared.ratio()
                        .detectable()
                        .map(MinimumDetectableEffect::relative)
                        .orElse(null),
                compared.verdict());
    }
}
