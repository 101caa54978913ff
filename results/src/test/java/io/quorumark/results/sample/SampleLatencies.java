package io.quorumark.results.sample;

import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Latency;
import io.quorumark.results.model.Trial.SeriesPoint;
import io.quorumark.results.store.HistogramLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Draws a trial's latencies, second by second and class by class, from lognormal distributions, and says what a driver would have said of
 * them.
 */
final class SampleLatencies {
    private static final double[] PERCENTILES = {50, 90, 95, 99, 99.9, 99.99};
    private static final int DRAWS_PER_SECOND = 1_000;
    private static final int DIGITS = 3;

    private final Map<String, Histogram> byClass = new TreeMap<>();
    private final Histogram all = new Histogram(DIGITS);
    private final List<SeriesPoint> series = new ArrayList<>();
    private final List<Interval> intervals = new ArrayList<>();
    private final UniformRandomProvider random;
    private final ZigguratSampler.NormalizedGaussian gaussian;

    private record Interval(String operationClass, Histogram histogram) {}

    SampleLatencies(UniformRandomProvider random) {
        this.random = random;
        this.gaussian = ZigguratSampler.NormalizedGaussian.of(random);
    }

    /**
     * Adds one second.
     *
     * @param shares of the operation classes; their sum is 1
     * @param meanMicros by Little's law from clients and rate
     */
    void addSecond(
            long startMillis,
            int second,
            long operations,
            Map<String, Double> shares,
            double meanMicros,
            double sigma) {
        Histogram sum = new Histogram(DIGITS);
        new TreeMap<>(shares).forEach((operationClass, share) -> {
            Histogram interval = draw(Math.round(operations * share), meanMicros, sigma);
            interval.setStartTimeStamp(startMillis + second * 1_000L);
            interval.setEndTimeStamp(startMillis + (second + 1) * 1_000L);
            intervals.add(new Interval(operationClass, interval));
            byClass.computeIfAbsent(operationClass, each -> new Histogram(DIGITS))
                    .add(interval);
            sum.add(interval);
        });
        all.add(sum);
        series.add(new SeriesPoint(
                second,
                sum.getTotalCount(),
                0,
                sum.getValueAtPercentile(50) / 1e3,
                sum.getValueAtPercentile(99) / 1e3,
                sum.getMaxValue() / 1e3));
    }

    private Histogram draw(long operations, double meanMicros, double sigma) {
        Histogram interval = new Histogram(DIGITS);
        double mu = StrictMath.log(meanMicros * 1e3) - sigma * sigma / 2;
        long left = operations;
        long weight = Math.max(1, operations / DRAWS_PER_SECOND);
        while (left > 0) {
            // an engine's rare stalls: one draw in two hundred is slower by an order of magnitude
            double stall = random.nextInt(200) == 0 ? 8 + 4 * random.nextDouble() : 1;
            double nanos = stall * StrictMath.exp(mu + sigma * gaussian.sample());
            long count = Math.min(weight, left);
            interval.recordValueWithCount((long) nanos, count);
            left -= count;
        }
        return interval;
    }

    long operations() {
        return all.getTotalCount();
    }

    double meanMicros() {
        return all.getMean() / 1e3;
    }

    List<SeriesPoint> series() {
        return series;
    }

    void writeTo(HistogramLogs.Builder log, String window) {
        intervals.forEach(interval -> log.add(window, interval.operationClass(), interval.histogram()));
    }

    Map<String, Latency> latency() {
        Map<String, Latency> latency = new TreeMap<>();
        byClass.forEach((name, histogram) -> latency.put(name, latency(histogram)));
        latency.put(Trial.ALL_OPERATIONS, latency(all));
        return latency;
    }

    /** Of all operations, in microseconds. */
    Map<String, Double> percentileMicros() {
        return percentileMicros(all);
    }

    private static Latency latency(Histogram histogram) {
        return new Latency(
                histogram.getTotalCount(),
                histogram.getMean() / 1e3,
                histogram.getMaxValue() / 1e3,
                percentileMicros(histogram),
                null);
    }

    private static Map<String, Double> percentileMicros(Histogram histogram) {
        Map<String, Double> percentiles = new TreeMap<>();
        for (double percentile : PERCENTILES) {
            if (histogram.getTotalCount() * (1 - percentile / 100) >= Trial.SAMPLES_BEYOND_PERCENTILE) {
                String name = percentile == Math.rint(percentile)
                        ? Long.toString((long) percentile)
                        : Double.toString(percentile);
                percentiles.put(name, histogram.getValueAtPercentile(percentile) / 1e3);
            }
        }
        return percentiles;
    }
}
