package io.quorumark.report;

import io.quorumark.report.CampaignJson.Comparison;
import io.quorumark.report.CampaignJson.Control;
import io.quorumark.report.CampaignJson.Document;
import io.quorumark.report.CampaignJson.Row;
import io.quorumark.report.gate.GateJson;
import io.quorumark.report.gate.JsonInterval;
import io.quorumark.report.text.Figures;
import io.quorumark.results.cell.CellSlope;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cost;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A campaign's JSON in short, for pages: they must stay small. Intervals are lists, and tell no confidence if it is the document's. What
 * follows from the rest is left out: values of both cells of a comparison, figures of a cell that stand among its metrics, units of metrics
 * but once, the band if it is the design's, the least difference if it is the band, blocks of other metrics if they are the
 * comparison's own, and the slope of a cell of which no trial could be judged.
 *
 * @param confidence that most intervals attain
 * @param band that the design planned
 */
record CompactCampaign(double confidence, double band) {
    static Document of(Document whole) {
        double usual = usualConfidence(whole);
        CompactCampaign compact =
                new CompactCampaign(usual, Figures.rounded(whole.design().equivalenceBand()));
        Map<String, String> units = new TreeMap<>();
        whole.comparisons().stream()
                .flatMap(comparison -> comparison.others().stream())
                .forEach(other -> units.put(other.metric(), Objects.requireNonNull(other.unit())));
        return whole.with(
                usual,
                units,
                whole.cells().stream().map(compact::row).toList(),
                whole.comparisons().stream().map(compact::comparison).toList(),
                whole.controlArms().stream().map(compact::control).toList());
    }

    /** Of as many as any other the least; 0 if there are no intervals. */
    private static double usualConfidence(Document whole) {
        return whole.cells().stream()
                .flatMap(row -> Stream.of(row.metrics(), row.costs(), row.cpuNanosPerOperation()))
                .flatMap(intervals -> intervals.values().stream())
                .map(JsonInterval::confidence)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<Double, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(0.0);
    }

    private Row row(Row row) {
        JsonInterval overMemory = row.metrics().get(Metric.DATA_OVER_MEMORY.id());
        CellSlope slope = row.throughputSlope();
        return new Row(
                row.cellId(),
                row.engine(),
                row.engineName(),
                row.engineVersion(),
                row.workload(),
                row.trials(),
                row.validTrials(),
                unlessAmong(row, Metric.THROUGHPUT, row.throughputOpsPerSecond()),
                slope != null && slope.judged() == 0 ? null : slope,
                unlessAmong(row, Metric.P99, row.p99Micros()),
                GateJson.unlessUsual(row.dataOverMemory(), overMemory == null ? null : overMemory.estimate()),
                row.harnessShare(),
                intervals(row.metrics()),
                costs(row),
                intervals(row.cpuNanosPerOperation()),
                row.caveats());
    }

    private @Nullable JsonInterval unlessAmong(Row row, Metric metric, @Nullable JsonInterval interval) {
        return interval == null || interval.equals(row.metrics().get(metric.id()))
                ? null
                : interval.inShort(confidence);
    }

    private Map<String, JsonInterval> costs(Row row) {
        Map<String, JsonInterval> costs = intervals(row.costs());
        String settled = Cost.SETTLED_OPERATIONS_PER_SECOND.id();
        if (Objects.equals(row.costs().get(settled), row.metrics().get(Metric.SETTLED_RATE.id()))) {
            costs.remove(settled);
        }
        return costs;
    }

    private Map<String, JsonInterval> intervals(Map<String, JsonInterval> whole) {
        Map<String, JsonInterval> compact = new TreeMap<>();
        whole.forEach((name, interval) -> compact.put(name, interval.inShort(confidence)));
        return compact;
    }

    private Comparison comparison(Comparison whole) {
        return new Comparison(
                whole.cellId(),
                whole.referenceCellId(),
                whole.figure(),
                whole.ratio().inShort(confidence),
                whole.blocks(),
                whole.holmPValue(),
                whole.detectableEffect(),
                GateJson.unlessUsual(whole.band(), band),
                GateJson.unlessUsual(whole.leastDifference(), whole.band()),
                whole.verdict(),
                whole.others().stream()
                        .map(other -> other.inShort(confidence, whole.blocks(), band))
                        .toList());
    }

    private Control control(Control whole) {
        return new Control(
                whole.cellId(),
                whole.referenceCellId(),
                whole.figure(),
                whole.injectedSlowdown(),
                whole.ratio().inShort(confidence),
                whole.blocks(),
                whole.pValue(),
                whole.differs(),
                whole.detectableEffect(),
                whole.stops());
    }
}
