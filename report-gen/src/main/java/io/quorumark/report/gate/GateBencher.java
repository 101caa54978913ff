package io.quorumark.report.gate;

import io.quorumark.report.text.Figures;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.gate.SameCell;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.store.ResultsJson;
import java.util.Map;
import java.util.TreeMap;

/**
 * A gate's head campaign in Bencher Metric Format, for {@code bencher run --adapter json}. The metric that decides a cell is a measure of
 * the cell's own benchmark. Its other metrics are measures of a second one with {@code /others} in its name and the suffix by which Bencher
 * keeps figures and raises no alert. Throughput is Bencher's own measure {@code throughput} (operations per second), the 99th percentile
 * its {@code latency} (nanoseconds); other measures are called as their metrics, and all times are in nanoseconds.
 */
public final class GateBencher {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Bencher strips it from a benchmark's name, which must be unique within a report without it. */
    private static final String NO_ALERTS = "-bencher-ignore";

    private GateBencher() {}

    /** The whole document. The same result gives the same text. */
    public static String render(GateResult gate) {
        Map<String, Map<String, Map<String, Double>>> benchmarks = new TreeMap<>();
        for (GateCell cell : gate.cells()) {
            for (MetricComparison compared : cell.metrics()) {
                String name = benchmark(cell) + (cell.isJudgedBy(compared.metric()) ? "" : "/others" + NO_ALERTS);
                benchmarks
                        .computeIfAbsent(name, each -> new TreeMap<>())
                        .put(measure(compared.metric()), values(compared));
            }
        }
        return ResultsJson.write(benchmarks);
    }

    /** The same from commit to commit and from one version of an engine to the next, as long as what is measured stays the same. */
    static String benchmark(GateCell cell) {
        return cell.cell().engine() + "/" + cell.cell().workload() + "/"
                + SameCell.of(cell.cell()).id();
    }

    /** A slug: Bencher makes a measure that it does not know. */
    private static String measure(Metric metric) {
        return metric == Metric.P99 ? "latency" : metric.id().replace('.', '-');
    }

    private static Map<String, Double> values(MetricComparison compared) {
        Interval value = compared.value();
        double scale = scale(compared.metric().unit());
        return Map.of(
                "value", Figures.rounded(value.estimate() * scale),
                "lower_value", Figures.rounded(value.low() * scale),
                "upper_value", Figures.rounded(value.high() * scale));
    }

    private static double scale(Metric.Unit unit) {
        return switch (unit) {
            case MICROS -> NANOS_PER_MICRO;
            case SECONDS -> NANOS_PER_SECOND;
            case NANOS, BYTES, OPERATIONS_PER_SECOND, RATIO -> 1;
        };
    }
}
