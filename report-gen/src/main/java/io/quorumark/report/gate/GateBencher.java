package io.quorumark.report.gate;

import io.quorumark.report.text.Figures;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.gate.SameCell;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.store.ResultsJson;
import java.util.Map;
import java.util.TreeMap;

/**
 * A gate's head campaign in Bencher Metric Format, for {@code bencher run --adapter json}: one benchmark a cell, with the figure that the
 * cell is judged by. Throughput is Bencher's own measure {@code throughput} (operations per second), the 99th percentile its
 * {@code latency} (nanoseconds).
 */
public final class GateBencher {
    private static final double NANOS_PER_MICRO = 1000;

    private GateBencher() {}

    /** The whole document. The same result gives the same text. */
    public static String render(GateResult gate) {
        Map<String, Map<String, Map<String, Double>>> benchmarks = new TreeMap<>();
        for (GateCell cell : gate.cells()) {
            boolean time = cell.judgedBy().unit() == Metric.Unit.MICROS;
            benchmarks.put(
                    benchmark(cell),
                    Map.of(time ? "latency" : "throughput", metric(cell.head(), time ? NANOS_PER_MICRO : 1)));
        }
        return ResultsJson.write(benchmarks);
    }

    /** The same from commit to commit and from one version of an engine to the next, as long as what is measured stays the same. */
    static String benchmark(GateCell cell) {
        return cell.cell().engine() + "/" + cell.cell().workload() + "/"
                + SameCell.of(cell.cell()).id();
    }

    private static Map<String, Double> metric(Interval value, double scale) {
        return Map.of(
                "value", Figures.rounded(value.estimate() * scale),
                "lower_value", Figures.rounded(value.low() * scale),
                "upper_value", Figures.rounded(value.high() * scale));
    }
}
