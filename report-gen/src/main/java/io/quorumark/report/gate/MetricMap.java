package io.quorumark.report.gate;

import io.quorumark.report.chart.Key;
import io.quorumark.report.page.Comparison;
import io.quorumark.report.page.HeatMap;
import io.quorumark.report.page.LabelledCell;
import io.quorumark.report.page.LabelledCells;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.metric.Metric;
import java.util.List;
import java.util.Optional;

/** Every cell of a gate by every metric, head over base: what else changed if something did. */
final class MetricMap {
    private MetricMap() {}

    static HeatMap of(List<GateCell> cells, LabelledCells labels) {
        List<Metric> metrics = Metric.judged().stream()
                .filter(metric -> cells.stream()
                        .anyMatch(cell ->
                                metric == cell.judgedBy() || other(cell, metric).isPresent()))
                .toList();
        return new HeatMap(
                "Every cell by every metric",
                "Cell",
                metrics.stream().map(Metric::title).toList(),
                JudgedCells.worstFirst(cells).stream()
                        .map(cell -> row(cell, labels.of(cell.cell().id()), metrics))
                        .toList(),
                "Head over base by every metric, times as good: above 1 is better.",
                "Coloured where the data can tell. One metric passes or fails a cell; the others say more of a difference, and fail"
                        + " nothing.");
    }

    private static HeatMap.Row row(GateCell cell, LabelledCell label, List<Metric> metrics) {
        return new HeatMap.Row(
                label.label() + " on " + cell.cell().workload(),
                Key.svg(label.slot()),
                metrics.stream().map(metric -> field(cell, metric)).toList());
    }

    private static HeatMap.Field field(GateCell cell, Metric metric) {
        if (metric == cell.judgedBy()) {
            return HeatMap.Field.of(
                    metric.title(),
                    JudgedCells.judged(cell).estimate(),
                    Comparison.WordedVerdict.valueOf(cell.verdict().name()));
        }
        return other(cell, metric)
                .map(other -> HeatMap.Field.of(
                        metric.title(),
                        other.ratio().ratio().estimate(),
                        Comparison.WordedVerdict.valueOf(other.verdict().name())))
                .orElse(HeatMap.Field.absent(metric.title()));
    }

    private static Optional<MetricComparison> other(GateCell cell, Metric metric) {
        return cell.others().stream().filter(each -> each.metric() == metric).findFirst();
    }
}
