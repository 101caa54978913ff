package io.quorumark.campaign.trial;

import io.quorumark.raft.timing.StageTimes;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.ResponseParts;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Latency;
import io.quorumark.results.model.Trial.SeriesPoint;
import io.quorumark.results.model.Trial.Timekeeping;
import io.quorumark.workload.driver.DriverResult;
import io.quorumark.workload.driver.GeneratorLag;
import io.quorumark.workload.driver.Latencies;
import io.quorumark.workload.driver.Pauses;
import io.quorumark.workload.driver.ReportingInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The driver's figures as they are stored. */
final class Measurements {
    private static final double MICROS = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double[] PERCENTILES = {50, 75, 90, 95, 99, 99.9, 99.99, 99.999};

    private Measurements() {}

    static Map<String, Latency> latencies(DriverResult result) {
        Map<String, Latency> stored = new TreeMap<>();
        result.latencies().forEach((operationClass, latencies) -> {
            if (latencies.response().getTotalCount() > 0) {
                stored.put(operationClass, latency(latencies));
            }
        });
        return stored;
    }

    static Map<String, Latency> stages(StageTimes times) {
        Map<String, Latency> stored = new TreeMap<>();
        times.nanos().forEach((stage, nanos) -> {
            if (nanos.getTotalCount() > 0) {
                stored.put(stage.id(), latency(nanos, null));
            }
        });
        return stored;
    }

    static Timekeeping timekeeping(DriverResult result) {
        GeneratorLag lag = result.generatorLag();
        Pauses pauses = result.pauses();
        return new Timekeeping(
                lag.p50Nanos() / MICROS,
                lag.p99Nanos() / MICROS,
                lag.p999Nanos() / MICROS,
                lag.maxNanos() / MICROS,
                pauses.stalls().size(),
                pauses.stalledSeconds() * MILLIS_PER_SECOND,
                pauses.maxNanos() / NANOS_PER_MILLI,
                pauses.loadStalls().size(),
                pauses.loadStalledSeconds() * MILLIS_PER_SECOND,
                result.parts()
                        .map(parts -> new ResponseParts(percentiles(parts.queueing()), percentiles(parts.withoutLag())))
                        .orElse(null));
    }

    static Trial.PacedWindow paced(Cell.Paced asked, DriverResult result) {
        Histogram response = result.all().response();
        return new Trial.PacedWindow(
                asked.rateOpsPerSecond(),
                result.throughputOpsPerSecond(),
                response.getTotalCount(),
                percentiles(response),
                result.unsentOperations(),
                result.parts()
                        .map(parts -> parts.explainedByLag(response, Trial.PacedWindow.JUDGED_PERCENTILE))
                        .orElse(0.0));
    }

    static List<SeriesPoint> series(DriverResult result) {
        List<SeriesPoint> points = new ArrayList<>();
        for (ReportingInterval interval : result.intervals()) {
            // What completed after the window belongs to the percentiles, not to the rate over time.
            if (!interval.drain()) {
                points.add(new SeriesPoint(
                        interval.second(),
                        interval.operations(),
                        interval.errors(),
                        interval.p50Nanos() / MICROS,
                        interval.p99Nanos() / MICROS,
                        interval.maxNanos() / MICROS));
            }
        }
        return points;
    }

    private static Latency latency(Latencies latencies) {
        return latency(
                latencies.response(),
                latencies.service().map(Measurements::percentiles).orElse(null));
    }

    private static Latency latency(Histogram histogram, @Nullable Map<String, Double> servicePercentileMicros) {
        return new Latency(
                histogram.getTotalCount(),
                histogram.getMean() / MICROS,
                histogram.getMaxValue() / MICROS,
                percentiles(histogram),
                servicePercentileMicros);
    }

    static Map<String, Double> percentiles(Histogram histogram) {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        for (double percentile : PERCENTILES) {
            if (histogram.getTotalCount() * (100 - percentile) / 100 >= Trial.SAMPLES_BEYOND_PERCENTILE) {
                percentiles.put(name(percentile), histogram.getValueAtPercentile(percentile) / MICROS);
            }
        }
        return percentiles;
    }

    private static String name(double percentile) {
        return percentile == Math.rint(percentile) ? Integer.toString((int) percentile) : Double.toString(percentile);
    }
}
