package io.quorumark.results.store;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Latency;
import io.quorumark.results.model.Trial.PacedWindow;
import io.quorumark.results.model.Trial.RateStep;
import io.quorumark.results.store.FolderFinding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Whether the response times that trials tell are those of their own histograms. */
public final class FigureCheck {
    private static final double ROUNDING = 1e-9;
    private static final double NANOS_PER_MICRO = 1e3;

    private final Map<String, Map<String, Histogram>> windows;
    private final List<String> differing = new ArrayList<>();

    private FigureCheck(Map<String, Map<String, Histogram>> windows) {
        this.windows = windows;
    }

    /**
     * A finding for each trial with a figure that its histograms do not give, in the order of trials. Windows at a set rate and steps of
     * sweeps whose histograms are not stored, as in older results, are passed over. Reads the histograms of as many trials at a time as
     * there are processors.
     *
     * @param percentileOfObjective the percentile that an objective such as {@code p99 <= 10 ms} is about, 100 for {@code max}, as whoever
     *     judged the steps read it; called by several threads, and an {@link IllegalArgumentException} says that a text is no objective
     * @throws ResultsException a log is missing or cannot be read, or a sweep's objective is none
     */
    public static List<FolderFinding> of(StoredCampaign stored, ToDoubleFunction<String> percentileOfObjective) {
        return stored.trials().parallelStream()
                .flatMap(trial -> finding(stored, trial, percentileOfObjective).stream())
                .toList();
    }

    private static Optional<FolderFinding> finding(
            StoredCampaign stored, Trial trial, ToDoubleFunction<String> percentileOfObjective) {
        CampaignFolder folder = stored.folder();
        FigureCheck check =
                new FigureCheck(HistogramLogs.windows(folder.trialHistograms(trial.block(), trial.cellId())));
        check.checkLatency(trial.latency());
        Cell.Sweep sweep = stored.campaign().cell(trial.cellId()).load().sweep();
        if (sweep != null) {
            check.checkSteps(trial.steps(), percentile(folder, sweep, percentileOfObjective));
        }
        check.checkPaced(trial.paced());
        return check.differing.stream()
                .findFirst()
                .map(difference -> new FolderFinding(
                        Kind.EDITED,
                        Manifest.nameIn(folder, folder.trialJson(trial.block(), trial.cellId())),
                        difference + "; restore it and its histograms from a copy"));
    }

    private static double percentile(
            CampaignFolder folder, Cell.Sweep sweep, ToDoubleFunction<String> percentileOfObjective) {
        try {
            return percentileOfObjective.applyAsDouble(sweep.objective());
        } catch (IllegalArgumentException e) {
            throw new ResultsException(
                    folder.campaignJson(),
                    "has a sweep without an objective (" + e.getMessage() + "); restore it from a copy",
                    e);
        }
    }

    private void checkLatency(Map<String, Latency> latency) {
        Map<String, Histogram> counted = windows.getOrDefault(HistogramLogs.COUNTED, Map.of());
        TreeSet<String> told = new TreeSet<>(latency.keySet());
        told.remove(Trial.ALL_OPERATIONS);
        if (!told.equals(counted.keySet())) {
            differing.add("has response times of " + told + ", and histograms of " + counted.keySet());
            return;
        }
        latency.forEach((operationClass, stored) -> {
            Histogram own = operationClass.equals(Trial.ALL_OPERATIONS)
                    ? HistogramLogs.sum(counted.values())
                    : Objects.requireNonNull(counted.get(operationClass));
            compare("mean of " + operationClass + " in µs", stored.meanMicros(), own.getMean() / NANOS_PER_MICRO);
            compare("maximum of " + operationClass + " in µs", stored.maxMicros(), own.getMaxValue() / NANOS_PER_MICRO);
            compare(operationClass, stored.count(), stored.percentileMicros(), own);
        });
    }

    private void checkSteps(List<RateStep> steps, double objective) {
        int counted = steps.stream()
                .filter(RateStep::held)
                .max(Comparator.comparingDouble(RateStep::rateOpsPerSecond))
                .map(steps::indexOf)
                .orElse(steps.size() - 1);
        for (int i = 0; i < steps.size(); i++) {
            RateStep step = steps.get(i);
            Map<String, Histogram> byClass = windows.get(i == counted ? HistogramLogs.COUNTED : HistogramLogs.step(i));
            if (byClass != null) {
                String name = "the step at " + step.rateOpsPerSecond() + " op/s";
                Histogram own = HistogramLogs.sum(byClass.values());
                compare(
                        "objective's percentile of " + name + " in µs",
                        step.objectiveMicros(),
                        own.getValueAtPercentile(objective) / NANOS_PER_MICRO);
                compare(name, step.samples(), step.percentileMicros(), own);
            }
        }
    }

    private void checkPaced(@Nullable PacedWindow paced) {
        Map<String, Histogram> byClass = windows.get(HistogramLogs.PACED);
        if (paced != null && byClass != null) {
            compare("the paced window", paced.samples(), paced.percentileMicros(), HistogramLogs.sum(byClass.values()));
        }
    }

    private void compare(String what, long samples, Map<String, Double> percentileMicros, Histogram own) {
        compare("number of response times of " + what, (double) samples, (double) own.getTotalCount());
        percentileMicros.forEach((percentile, micros) -> compare(
                "p" + percentile + " of " + what + " in µs",
                micros,
                own.getValueAtPercentile(Double.parseDouble(percentile)) / NANOS_PER_MICRO));
    }

    private void compare(String what, double stored, double own) {
        if (!(Math.abs(stored - own) <= ROUNDING * Math.abs(own))) {
            differing.add("says that the " + what + " is " + stored + ", and its histograms give " + own);
        }
    }
}
