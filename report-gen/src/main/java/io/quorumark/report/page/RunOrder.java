package io.quorumark.report.page;

import io.quorumark.report.chart.ChartSize;
import io.quorumark.report.chart.LineChart;
import io.quorumark.report.chart.LineChart.Axis;
import io.quorumark.report.chart.RunOrderChart;
import io.quorumark.report.chart.Series;
import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Trial;
import io.quorumark.results.text.Plural;
import io.quorumark.results.text.Sentences;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Every trial in the order they ran.
 *
 * @param introduction how they were ordered
 * @param charts trials and canaries
 * @param uncounted a sentence for each trial that does not count
 */
public record RunOrder(String introduction, List<Figure> charts, List<String> uncounted) {

    /** More trials than these are drawn and listed in bins of neighbouring ones. */
    private static final int MOST_SINGLE = 240;

    private static final int BINS = 60;

    static RunOrder of(List<Trial> trials, LabelledCells labelledCells) {
        List<Trial> ordered = trials.stream()
                .sorted(Comparator.comparingInt(Trial::block).thenComparingInt(Trial::position))
                .toList();
        List<Figure> charts = new ArrayList<>();
        if (!ordered.isEmpty()) {
            charts.add(
                    ordered.size() > MOST_SINGLE
                            ? binnedChart(ordered, labelledCells)
                            : trialChart(ordered, labelledCells));
            charts.add(canaryChart(ordered));
        }
        List<String> uncounted = ordered.stream()
                .filter(t -> t.outcome() != Trial.Outcome.VALID)
                .map(t -> describe(t, labelledCells) + ": " + reasons(t))
                .toList();
        return new RunOrder(
                "Each block runs every cell once, each in a fresh JVM, in an order that changes from block to block: drift of the"
                        + " machine hits all engines alike.",
                List.copyOf(charts),
                Alike.merged(uncounted, labelledCells.names()));
    }

    public boolean hasUncounted() {
        return !uncounted.isEmpty();
    }

    private static Figure trialChart(List<Trial> ordered, LabelledCells labelledCells) {
        List<RunOrderChart.Dot> dots = new ArrayList<>();
        List<List<String>> body = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            Trial trial = ordered.get(i);
            LabelledCell labelledCell = labelledCells.of(trial.cellId());
            double median = Medians.median(labelledCell.trials().stream()
                    .map(Trial::throughputOpsPerSecond)
                    .toList());
            double relative = trial.throughputOpsPerSecond() > 0 ? trial.throughputOpsPerSecond() / median : Double.NaN;
            boolean counts = trial.outcome() == Trial.Outcome.VALID;
            dots.add(new RunOrderChart.Dot(
                    labelledCell.label(),
                    labelledCell.slot(),
                    trial.block(),
                    relative,
                    counts,
                    describe(trial, labelledCells) + ": " + Figures.rate(trial.throughputOpsPerSecond()) + " ops/s, "
                            + Figures.ratio(relative) + " its cell's median"
                            + (counts ? "" : ". Does not count: " + reasons(trial))));
            body.add(List.of(
                    String.valueOf(i + 1),
                    String.valueOf(trial.block() + 1),
                    labelledCell.label(),
                    labelledCell.cell().workload(),
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
                chart.drawings("order-trials"),
                new DataTable(
                        "Every trial in the order they ran",
                        List.of("run", "block", "engine", "workload", "ops/s", "÷ median", "outcome"),
                        body));
    }

    /** By engine, a point for neighbouring blocks: the median of their trials, and the range. */
    private static Figure binnedChart(List<Trial> ordered, LabelledCells labelledCells) {
        int blocks = ordered.get(ordered.size() - 1).block() + 1;
        int blocksPerBin = (blocks + BINS - 1) / BINS;
        Map<String, Double> medians = new HashMap<>();
        Map<String, SortedMap<Integer, List<Double>>> byLabel = new LinkedHashMap<>();
        Map<String, Integer> slots = new HashMap<>();
        for (Trial trial : ordered) {
            LabelledCell labelledCell = labelledCells.of(trial.cellId());
            if (trial.outcome() != Trial.Outcome.VALID || labelledCell.cell().isHarnessCeiling()) {
                continue;
            }
            double median = medians.computeIfAbsent(
                    trial.cellId(),
                    id -> Medians.median(labelledCell.trials().stream()
                            .map(Trial::throughputOpsPerSecond)
                            .toList()));
            slots.put(labelledCell.label(), labelledCell.slot());
            byLabel.computeIfAbsent(labelledCell.label(), label -> new TreeMap<>())
                    .computeIfAbsent(trial.block() / blocksPerBin, bin -> new ArrayList<>())
                    .add(trial.throughputOpsPerSecond() / median);
        }
        List<Series> series = new ArrayList<>();
        byLabel.forEach((label, bins) -> {
            List<Series.Point> points = new ArrayList<>();
            bins.forEach((bin, ratios) -> points.add(Medians.point(bin * blocksPerBin + 1.0, ratios)));
            series.add(new Series(label, Objects.requireNonNull(slots.get(label)), points));
        });
        LineChart chart = new LineChart(
                "Throughput of trials over the median of their cell, by block. The table below holds the same figures.",
                "block, " + blocksPerBin + " in a point",
                "throughput ÷ median of its cell",
                Axis.WHOLE,
                Axis.LINEAR,
                false,
                block -> Figures.fixed(block, 0),
                Figures::ratio,
                series);
        List<String> head = new ArrayList<>(List.of("from block"));
        series.forEach(line -> head.add(line.name()));
        List<List<String>> body = new ArrayList<>();
        for (int bin = 0; bin * blocksPerBin < blocks; bin++) {
            double from = bin * blocksPerBin + 1.0;
            List<String> row = new ArrayList<>(List.of(Figures.fixed(from, 0)));
            for (Series line : series) {
                row.add(line.points().stream()
                        .filter(point -> point.x() == from)
                        .map(point -> Figures.ratio(point.y()) + " (" + Figures.ratio(point.low()) + " to "
                                + Figures.ratio(point.high()) + ")")
                        .findFirst()
                        .orElse(Figures.ABSENT));
            }
            body.add(row);
        }
        return new Figure(
                "order-trials",
                "Trials over time",
                "Line: median of the trials that count in " + Plural.of(blocksPerBin, "block")
                        + "; band: their range. Every single trial is in the campaign's folder.",
                true,
                chart.drawings("order-trials", ChartSize.FULL),
                new DataTable("Trials by block: median, least and most", head, body));
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
                Axis.WHOLE,
                Axis.LOGARITHMIC,
                false,
                run -> Figures.fixed(run, 0),
                Figures::ratio,
                series);
        List<List<String>> body = new ArrayList<>();
        int perBin = trialsPerBin(ordered);
        for (int from = 0; from < ordered.size(); from += perBin) {
            List<Trial.Canary> canaries = ordered.subList(from, Math.min(ordered.size(), from + perBin)).stream()
                    .map(Trial::canary)
                    .toList();
            body.add(List.of(
                    String.valueOf(from + 1),
                    Figures.micros(1000 * median(canaries, Trial.Canary::cpuSpinMillis)),
                    Figures.micros(median(canaries, Trial.Canary::syncMicros)),
                    Figures.micros(1000 * median(canaries, Trial.Canary::memoryCopyMillis)),
                    Figures.percent(median(canaries, Trial.Canary::stealRatio))));
        }
        return new Figure(
                "order-canaries",
                "What the machine could do before each trial",
                "The same small work before every trial: spinning, appending 4 KiB and forcing it to the device, copying memory. Where"
                        + " these rise, a neighbour was busy."
                        + (perBin == 1 ? "" : " Medians of " + perBin + " trials, with their range."),
                true,
                chart.drawings("order-canaries", ChartSize.FULL),
                new DataTable(
                        "Canaries in the order they ran",
                        List.of(perBin == 1 ? "run" : "from run", "processor", "sync", "memory", "steal"),
                        body));
    }

    private static Series canary(String name, int slot, List<Trial> ordered, ToDoubleFunction<Trial.Canary> figure) {
        double median = Medians.median(
                ordered.stream().map(t -> figure.applyAsDouble(t.canary())).toList());
        List<Series.Point> points = new ArrayList<>();
        int perBin = trialsPerBin(ordered);
        for (int from = 0; from < ordered.size(); from += perBin) {
            List<Double> values = ordered.subList(from, Math.min(ordered.size(), from + perBin)).stream()
                    .map(trial -> figure.applyAsDouble(trial.canary()) / median)
                    .filter(ratio -> ratio > 0 && Double.isFinite(ratio))
                    .toList();
            if (!values.isEmpty()) {
                points.add(Medians.point(from + 1.0, values));
            }
        }
        return new Series(name, slot, points);
    }

    private static int trialsPerBin(List<Trial> ordered) {
        return ordered.size() <= MOST_SINGLE ? 1 : (ordered.size() + BINS - 1) / BINS;
    }

    private static double median(List<Trial.Canary> canaries, ToDoubleFunction<Trial.Canary> figure) {
        return Medians.median(
                canaries.stream().map(canary -> figure.applyAsDouble(canary)).toList());
    }

    private static String describe(Trial trial, LabelledCells labelledCells) {
        LabelledCell labelledCell = labelledCells.of(trial.cellId());
        return labelledCell.label() + ", " + labelledCell.cell().workload() + ", block " + (trial.block() + 1);
    }

    private static String outcome(Trial trial) {
        return trial.outcome().name().toLowerCase(Locale.ROOT);
    }

    private static String reasons(Trial trial) {
        return outcome(trial) + (trial.reasons().isEmpty() ? "" : ", " + Sentences.join(trial.reasons()));
    }
}
