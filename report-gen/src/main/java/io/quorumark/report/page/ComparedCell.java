package io.quorumark.report.page;

import io.quorumark.results.metric.Metric;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One cell among those that it is compared with: its figures, and how it compares.
 *
 * @param labelledCell which
 * @param figures by metric; a metric that the trials do not support is absent
 * @param comparison against the reference; empty if there is none
 * @param notes what stands beside its numbers apart from the engine's caveats, in sentences
 */
public record ComparedCell(
        LabelledCell labelledCell, Map<Metric, Estimate> figures, Optional<Comparison> comparison, List<String> notes) {

    public ComparedCell {
        figures = figures.isEmpty() ? Map.of() : java.util.Collections.unmodifiableMap(new EnumMap<>(figures));
        notes = List.copyOf(notes);
    }

    public Estimate of(Metric metric) {
        return figures.getOrDefault(metric, Estimate.ABSENT);
    }
}
