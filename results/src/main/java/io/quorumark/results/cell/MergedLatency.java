package io.quorumark.results.cell;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.HistogramLogs;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Response times of one operation class over all valid trials of a cell, as one distribution. It shows the tail that no single trial has
 * samples for; how much trials differ is for {@link CellSummary} to say, since percentiles are compared across trials and not of their sum.
 *
 * @param operationClass such as {@code read}, or {@link Trial#ALL_OPERATIONS}
 * @param samples of all trials together
 * @param meanMicros arithmetic mean
 * @param maxMicros largest
 * @param curve from the median's side to the tail, up to the last percentile with {@value Trial#SAMPLES_BEYOND_PERCENTILE} samples beyond
 * it; at most {@value #MAX_CURVE_POINTS} points, evenly spaced on a logarithmic scale of what lies beyond
 */
public record MergedLatency(
        String operationClass, long samples, double meanMicros, double maxMicros, List<Point> curve) {
    public static final int MAX_CURVE_POINTS = 200;

    private static final int POINTS_PER_DECADE = 20;
    private static final double NANOS_PER_MICRO = 1e3;

    /**
     * @param percentile from 0
     * @param micros response time that it does not exceed
     */
    public record Point(double percentile, double micros) {}

    public MergedLatency {
        curve = List.copyOf(curve);
    }

    /**
     * Reads the histogram logs of a cell, as many at a time as there are processors; no more than sums are kept.
     *
     * @return by operation class, their sum included; empty if no trial counts
     * @throws io.quorumark.results.store.ResultsException a log is missing or cannot be read
     */
    public static Map<String, MergedLatency> of(StoredCampaign stored, Cell cell) {
        Map<String, Histogram> byClass = stored.trialsOf(cell.id()).parallelStream()
                .filter(trial -> trial.outcome() == Outcome.VALID)
                .map(trial -> stored.folder().trialHistograms(trial.block(), trial.cellId()))
                .collect(TreeMap::new, (sums, log) -> HistogramLogs.merge(log, sums), MergedLatency::addAll);
        Map<String, MergedLatency> merged = new TreeMap<>();
        if (byClass.isEmpty()) {
            return merged;
        }
        byClass.forEach((name, histogram) -> merged.put(name, of(name, histogram)));
        merged.put(Trial.ALL_OPERATIONS, of(Trial.ALL_OPERATIONS, HistogramLogs.sum(byClass.values())));
        return merged;
    }

    private static void addAll(Map<String, Histogram> sums, Map<String, Histogram> others) {
        others.forEach((name, histogram) -> {
            Histogram sum = sums.putIfAbsent(name, histogram);
            if (sum != null) {
                sum.add(histogram);
            }
        });
    }

    static MergedLatency of(String operationClass, Histogram histogram) {
        return new MergedLatency(
                operationClass,
                histogram.getTotalCount(),
                histogram.getMean() / NANOS_PER_MICRO,
                histogram.getMaxValue() / NANOS_PER_MICRO,
                curve(histogram));
    }

    private static List<Point> curve(Histogram histogram) {
        List<Point> curve = new ArrayList<>();
        for (int i = 0; i < MAX_CURVE_POINTS; i++) {
            double beyond = StrictMath.pow(10, -(double) i / POINTS_PER_DECADE);
            if (histogram.getTotalCount() * beyond < Trial.SAMPLES_BEYOND_PERCENTILE) {
                break;
            }
            double percentile = 100 * (1 - beyond);
            curve.add(new Point(percentile, histogram.getValueAtPercentile(percentile) / NANOS_PER_MICRO));
        }
        return curve;
    }
}
