package io.quorumark.report.page;

import io.quorumark.report.chart.ChartSize;
import io.quorumark.report.chart.LineChart;
import io.quorumark.report.chart.LineChart.Axis;
import io.quorumark.report.chart.RunOrderChart;
import io.quorumark.report.chart.Series;
import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Trial;
import io.quorumark.results.text.Sentences;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Every trial in the order they ran.
 *
 * @param introduction how they were ordered
 * @param charts trials and canaries
 * @param uncounted a sentence for each trial that does not count
 */
public record RunOrder(String introduction, List<Figure> charts, List<String> uncounted) {

    static RunOrder of(List<Trial> trials, LabelledCells contenders) {
        List<Trial> ordered = trials.stream()
                .sorted(Comparator.comparingInt(Trial::block).thenComparingInt(Trial::position))
                .toList();
        List<Figure> charts = new ArrayList<>();
        if (!ordered.isEmpty()) {
            charts.add(trialChart(ordered, contenders));
            charts.add(canaryChart(ordered));
        }
        List<String> uncounted = ordered.stream()
                .filter(t -> t.outcome() != Trial.Outcome.VALID)
                .map(t -> describe(t, contenders) + ": " + reasons(t))
                .toList();
        return new RunOrder(
                "Each block runs every cell once, each in a fresh JVM, in an order that changes from block to block: drift of the"
                        + " machine hits all engines alike.",
                List.copyOf(charts),
                uncounted);
    }

    public boolean hasUncounted() {
        return !uncounted.isEmpty();
    }

    private static Figure trialChart(List<Trial> ordered, LabelledCells contenders) {
        List<RunOrderChart.Dot> dots = new ArrayList<>();
        List<List<String>> body = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            Trial trial = ordered.get(i);
            LabelledCell contender = contenders.of(trial.cellId());
            double median = Medians.median(contender.trials().stream()
                    .map(Trial::throughputOpsPerSecond)
                    .toList());
            double relative = trial.throughputOpsPerSecond() > 0 ? trial.throughputOpsPerSecond() / median : Double.NaN;
            boolean counts = trial.outcome() == Trial.Outcome.VALID;
            dots.add(new RunOrderChart.Dot(
                    contender.label(),
                    contender.slot(),
                    trial.block(),
                    relative,
                    counts,
                    describe(trial, contenders) + ": " + Figures.rate(trial.throughputOpsPerSecond()) + " ops/s, "
                            + Figures.ratio(relative) + " its cell's median"
                            + (counts ? "" : ". Does not count: " + reasons(trial))));
            body.add(List.of(
                    String.valueOf(i + 1),
                    String.valueOf(trial.block() + 1),
                    contender.label(),
                    contender.cell().workload(),
                    Figures.rate(trial.throughputOpsPerSecond()),
                    Figures.ratio(relative),
                    outcome(trial)));
        }
        RunOrderChart chart = new RunOrderChart(
                "Throughput of every trial over the median of its cell, in the order they ran. The table below holds the same figures.",
                "throughput ÷ median of its cell",
                Figures::ratio,
                dots);
        return new Figure(
                "order-trials",
                "Every trial",
                "Each point is one trial; hollow ones do not count, those without a throughput lie at the bottom. Points far from 1"
                        + " are noise of the machine or of the engine.",
                true,
                chart.svg(ChartSize.FULL),
                chart.svg(ChartSize.NARROW),
                new DataTable(
                        "Every trial in the order they ran",
                        List.of("run", "block", "engine", "workload", "ops/s", "÷ median", "outcome"),
                        body));
    }

    private static Figure canaryChart(List<Trial> ordered) {
        List<Series> series = List.of(
                canary("processor", 5, ordered, Trial.Canary::cpuSpinMillis),
                canary("sync", 6, ordered, Trial.Canary::syncMicros),
                canary("memory", 7, ordered, Trial.Canary::memoryCopyMillis));
        LineChart chart = new LineChart(
                "Canaries before every trial over their median, in the order they ran. The table below holds the same figures.",
                "order in which the trials ran",
                "time ÷ its median",
                Axis.LINEAR,
                Axis.LOGARITHMIC,
                false,
                run -> Figures.fixed(run, 0),
                Figures::ratio,
                series);
        List<List<String>> body = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            Trial.Canary canary = ordered.get(i).canary();
            body.add(List.of(
                    String.valueOf(i + 1),
                    Figures.micros(canary.cpuSpinMillis() * 1000),
                    Figures.micros(canary.syncMicros()),
                    Figures.micros(canary.memoryCopyMillis() * 1000),
                    Figures.percent(canary.stealRatio())));
        }
        return new Figure(
                "order-canaries",
                "What the machine could do before each trial",
                "The same small work before every trial: spinning, appending 4 KiB and forcing it to the device, copying memory. Where"
                        + " these rise, a neighbour was busy.",
                true,
                chart.svg(ChartSize.FULL),
                chart.svg(ChartSize.NARROW),
                new DataTable(
                        "Canaries in the order they ran",
                        List.of("run", "processor", "sync", "memory", "steal"),
                        body));
    }

    private static Series canary(String name, int slot, List<Trial> ordered, ToDoubleFunction<Trial.Canary> figure) {
        double median = Medians.median(
                ordered.stream().map(t -> figure.applyAsDouble(t.canary())).toList());
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            double value = figure.applyAsDouble(ordered.get(i).canary());
            if (value > 0 && median > 0) {
                points.add(new Series.Point(i + 1, value / median, value / median, value / median));
            }
        }
        return new Series(name, slot, points);
    }

    private static String describe(Trial trial, LabelledCells contenders) {
        LabelledCell contender = contenders.of(trial.cellId());
        return contender.label() + ", " + contender.cell().workload() + ", block " + (trial.block() + 1);
    }

    private static String outcome(Trial trial) {
        return trial.outcome().name().toLowerCase(Locale.ROOT);
    }

    private static String reasons(Trial trial) {
        return outcome(trial) + (trial.reasons().isEmpty() ? "" : ", " + Sentences.join(trial.reasons()));
    }
}
