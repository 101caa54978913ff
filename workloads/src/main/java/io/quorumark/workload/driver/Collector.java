package io.quorumark.workload.driver;

import io.quorumark.workload.driver.Timeline.Finished;
import io.quorumark.workload.driver.Timeline.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Adds up finished intervals, on the thread that called the driver, out of the way of those that are measured. */
final class Collector {
    private final List<String> operationClasses;
    private final boolean openLoop;
    private final Timeline timeline;
    private final IntervalHistograms totals;
    private final Histogram all = IntervalHistograms.newHistogram();
    private final List<ReportingInterval> intervals = new ArrayList<>();
    private long operations;
    private long errors;
    private long drained;
    private long clamped;
    private long lastP99Nanos;
    private double[] warmUpFigures = new double[64];
    private int warmUpSeconds;

    Collector(List<String> operationClasses, boolean openLoop, Timeline timeline) {
        this.operationClasses = operationClasses;
        this.openLoop = openLoop;
        this.timeline = timeline;
        this.totals = new IntervalHistograms(operationClasses.size(), openLoop);
    }

    /** Takes in what has finished since the last call. */
    void collect() {
        for (Finished finished = timeline.poll(); finished != null; finished = timeline.poll()) {
            IntervalHistograms histograms = finished.histograms();
            if (histograms == null) {
                if (finished.part() == Part.WARM_UP) {
                    addWarmUp(finished, 0);
                } else {
                    intervals.add(interval(finished, 0, 0, Map.of()));
                }
                continue;
            }
            sumUp(histograms);
            lastP99Nanos = all.getValueAtPercentile(99);
            if (finished.part() == Part.WARM_UP) {
                addWarmUp(finished, openLoop ? all.getValueAtPercentile(50) : histograms.operations());
            } else {
                add(finished, histograms);
            }
            all.reset();
            timeline.recycle(histograms);
        }
    }

    private void addWarmUp(Finished finished, long figure) {
        if (finished.lengthNanos() == Timeline.SECOND_NANOS) {
            if (warmUpSeconds == warmUpFigures.length) {
                warmUpFigures = Arrays.copyOf(warmUpFigures, 2 * warmUpSeconds);
            }
            warmUpFigures[warmUpSeconds++] = figure;
        }
    }

    /**
     * For each whole second of the warm-up: operations acknowledged in a closed loop, median response time in nanoseconds in a paced one. A
     * copy.
     */
    double[] warmUpFigures() {
        return Arrays.copyOf(warmUpFigures, warmUpSeconds);
    }

    private void sumUp(IntervalHistograms histograms) {
        for (int i = 0; i < operationClasses.size(); i++) {
            all.add(histograms.response(i));
        }
    }

    private void add(Finished finished, IntervalHistograms histograms) {
        if (finished.part() == Part.WINDOW) {
            operations += histograms.operations();
            errors += histograms.errors();
        } else {
            drained += all.getTotalCount();
        }
        clamped += histograms.clamped();
        ResponseParts total = totals.parts();
        ResponseParts parts = histograms.parts();
        if (total != null && parts != null) {
            total.add(parts);
        }
        Map<String, EncodedLatencies> encoded = new HashMap<>();
        for (int i = 0; i < operationClasses.size(); i++) {
            Histogram response = histograms.response(i);
            if (response.getTotalCount() > 0) {
                totals.response(i).add(response);
                if (openLoop) {
                    totals.service(i).add(histograms.service(i));
                }
                encoded.put(
                        operationClasses.get(i),
                        EncodedLatencies.of(
                                response, openLoop ? Optional.of(histograms.service(i)) : Optional.empty()));
            }
        }
        intervals.add(interval(finished, histograms.operations(), histograms.errors(), encoded));
    }

    private ReportingInterval interval(
            Finished finished, long completed, long failed, Map<String, EncodedLatencies> encoded) {
        return new ReportingInterval(
                finished.second(),
                finished.lengthNanos() / 1e9,
                finished.part() == Part.DRAIN,
                completed,
                failed,
                all.getValueAtPercentile(50),
                all.getValueAtPercentile(99),
                all.getMaxValue(),
                encoded);
    }

    /** By operation class, classes without samples left out, and the sum of all. */
    Map<String, Latencies> latencies() {
        Map<String, Latencies> latencies = new LinkedHashMap<>();
        Histogram allResponse = IntervalHistograms.newHistogram();
        Histogram allService = IntervalHistograms.newHistogram();
        for (int i = 0; i < operationClasses.size(); i++) {
            Histogram response = totals.response(i);
            if (response.getTotalCount() > 0) {
                latencies.put(
                        operationClasses.get(i),
                        new Latencies(response, openLoop ? Optional.of(totals.service(i)) : Optional.empty()));
                allResponse.add(response);
                if (openLoop) {
                    allService.add(totals.service(i));
                }
            }
        }
        latencies.put(
                DriverResult.ALL_OPERATIONS,
                new Latencies(allResponse, openLoop ? Optional.of(allService) : Optional.empty()));
        return latencies;
    }

    /** Empty for a closed loop. */
    Optional<ResponseParts> parts() {
        return Optional.ofNullable(totals.parts());
    }

    List<ReportingInterval> intervals() {
        return Collections.unmodifiableList(intervals);
    }

    long operations() {
        return operations;
    }

    long errors() {
        return errors;
    }

    long drained() {
        return drained;
    }

    long clamped() {
        return clamped;
    }

    /** Of the last finished interval that had completions; 0 before there is one. */
    long lastP99Nanos() {
        return lastP99Nanos;
    }
}
