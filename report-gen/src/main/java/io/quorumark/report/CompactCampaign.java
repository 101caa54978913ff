package io.quorumark.report;

import io.quorumark.report.CampaignJson.Comparison;
import io.quorumark.report.CampaignJson.Control;
import io.quorumark.report.CampaignJson.Document;
import io.quorumark.report.CampaignJson.Row;
import io.quorumark.report.gate.JsonInterval;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A campaign's JSON without what it says twice, for pages: they must stay small. An interval that tells no confidence attains the
 * document's.
 *
 * @param confidence that most intervals attain
 */
record CompactCampaign(double confidence) {
    static Document of(Document whole) {
        double usual = usualConfidence(whole);
        CompactCampaign compact = new CompactCampaign(usual);
        return whole.with(
                usual,
                whole.cells().stream().map(compact::row).toList(),
                whole.comparisons().stream().map(compact::comparison).toList(),
                whole.controlArms().stream().map(compact::control).toList());
    }

    /** Of as many as any other the least; 0 if there are no intervals. */
    private static double usualConfidence(Document whole) {
        return whole.cells().stream()
                .flatMap(row -> Stream.of(row.metrics(), row.costs(), row.cpuNanosPerOperation()))
                .flatMap(intervals -> intervals.values().stream())
                .flatMap(interval -> Stream.ofNullable(interval.confidence()))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<Double, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(0.0);
    }

    private Row row(Row row) {
        return new Row(
                row.cellId(),
                row.engine(),
                row.engineName(),
                row.engineVersion(),
                row.workload(),
                row.trials(),
                row.validTrials(),
                unlessAmong(row, "throughput", row.throughputOpsPerSecond()),
                row.throughputSlope(),
                unlessAmong(row, "p99", row.p99Micros()),
                row.dataOverMemory(),
                row.harnessShare(),
                intervals(row.metrics()),
                intervals(row.costs()),
                intervals(row.cpuNanosPerOperation()),
                row.caveats());
    }

    private @Nullable JsonInterval unlessAmong(Row row, String metric, @Nullable JsonInterval interval) {
        return interval == null || interval.equals(row.metrics().get(metric)) ? null : interval.unlessUsual(confidence);
    }

    private Map<String, JsonInterval> intervals(Map<String, JsonInterval> whole) {
        Map<String, JsonInterval> compact = new TreeMap<>();
        whole.forEach((name, interval) -> compact.put(name, interval.unlessUsual(confidence)));
        return compact;
    }

    private Comparison comparison(Comparison whole) {
        return new Comparison(
                whole.cellId(),
                whole.referenceCellId(),
                whole.figure(),
                whole.ratio().unlessUsual(confidence),
                whole.blocks(),
                whole.holmPValue(),
                whole.detectableEffect(),
                whole.band(),
                whole.leastDifference(),
                whole.verdict(),
                whole.others().stream().map(other -> other.compact(confidence)).toList());
    }

    private Control control(Control whole) {
        return new Control(
                whole.cellId(),
                whole.referenceCellId(),
                whole.figure(),
                whole.injectedSlowdown(),
                whole.ratio().unlessUsual(confidence),
                whole.blocks(),
                whole.pValue(),
                whole.differs(),
                whole.detectableEffect());
    }
}
