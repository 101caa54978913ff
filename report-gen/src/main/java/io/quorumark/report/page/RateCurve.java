package io.quorumark.report.page;

import io.quorumark.report.chart.LineChart;
import io.quorumark.report.chart.LineChart.Axis;
import io.quorumark.report.chart.Series;
import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.RateStep;
import io.quorumark.results.model.Trial.StepFinding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Response time over rate, up to the knee and a little beyond: the steps of sweeps, the median of the trials that took each, with their
 * range behind it.
 */
final class RateCurve {
    private static final List<String> TABLED = List.of("50", "99", "99.9");

    private RateCurve() {}

    /** Empty if these cells were not driven by sweeps. */
    static Optional<Figure> of(String id, List<LabelledCell> labelledCells) {
        Optional<Cell.Sweep> sweep = sweep(labelledCells);
        if (sweep.isEmpty()) {
            return Optional.empty();
        }
        List<Series> series = labelledCells.stream()
                .map(c -> new Series(c.label(), c.slot(), points(c)))
                .toList();
        String title = "Response time over rate";
        LineChart chart = new LineChart(
                title + " for " + LatencyCurve.names(labelledCells) + ". The table below holds the same figures.",
                "operations asked for a second",
                "response time",
                Axis.LOGARITHMIC,
                Axis.LOGARITHMIC,
                true,
                Figures::rate,
                Figures::micros,
                series);
        return Figure.of(
                id,
                title,
                "The percentile of the objective, " + sweep.get().objective()
                        + ", at each rate; both axes logarithmic. Line: median of the trials that took the step; band: their range. "
                        + knees(labelledCells),
                true,
                chart,
                () -> table("Steps of the sweeps, medians of the trials that took them", labelledCells));
    }

    /**
     * The steps of sweeps: of the trials that count, and apart from them of those that do not, so that a void sweep can be looked into.
     *
     * @param trials of the whole campaign
     */
    static List<DataTable> tablesOf(List<LabelledCell> labelledCells, List<Trial> trials) {
        if (sweep(labelledCells).isEmpty()) {
            return List.of();
        }
        List<LabelledCell> notCounting = labelledCells.stream()
                .map(labelledCell -> new LabelledCell(
                        labelledCell.label(),
                        labelledCell.slot(),
                        labelledCell.cell(),
                        trials.stream()
                                .filter(trial -> trial.cellId()
                                                .equals(labelledCell.cell().id())
                                        && trial.outcome() != Trial.Outcome.VALID)
                                .toList()))
                .toList();
        return Stream.of(
                        table("Steps of the sweeps, medians of the trials that took them", labelledCells),
                        table("Steps of sweeps that do not count, medians of the trials that took them", notCounting))
                .filter(table -> !table.body().isEmpty())
                .toList();
    }

    private static Optional<Cell.Sweep> sweep(List<LabelledCell> labelledCells) {
        return labelledCells.stream()
                .map(c -> c.cell().load().sweep())
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    private static List<Series.Point> points(LabelledCell labelledCell) {
        List<Series.Point> points = new ArrayList<>();
        byRate(labelledCell).forEach((rate, steps) -> {
            List<Double> told = steps.stream()
                    .filter(step -> step.finding() != StepFinding.TOO_FEW && step.objectiveMicros() > 0)
                    .map(RateStep::objectiveMicros)
                    .toList();
            if (!told.isEmpty()) {
                points.add(Medians.point(rate, told));
            }
        });
        return points;
    }

    private static Map<Double, List<RateStep>> byRate(LabelledCell labelledCell) {
        Map<Double, List<RateStep>> byRate = new TreeMap<>();
        labelledCell.trials().stream()
                .flatMap(trial -> trial.steps().stream())
                .forEach(step -> byRate.computeIfAbsent(step.rateOpsPerSecond(), rate -> new ArrayList<>())
                        .add(step));
        return byRate;
    }

    private static String knees(List<LabelledCell> labelledCells) {
        List<String> knees = labelledCells.stream()
                .filter(c -> !kneesOf(c).isEmpty())
                .map(c -> c.label() + " " + Figures.rate(Medians.median(kneesOf(c))))
                .toList();
        return knees.isEmpty()
                ? "No rate held it."
                : "The highest rate that held it, median of the trials, in ops/s: " + String.join(", ", knees) + ".";
    }

    private static List<Double> kneesOf(LabelledCell labelledCell) {
        return labelledCell.trials().stream()
                .flatMap(trial -> trial.kneeOpsPerSecond().stream().boxed())
                .toList();
    }

    /** {@code 1 of 4: 2 missed it, 1 too few samples}. */
    private static String held(List<RateStep> steps) {
        Map<StepFinding, Long> findings = steps.stream()
                .collect(Collectors.groupingBy(
                        RateStep::finding, () -> new EnumMap<>(StepFinding.class), Collectors.counting()));
        Long held = findings.remove(StepFinding.HELD);
        return (held == null ? 0 : held) + " of " + steps.size()
                + (findings.isEmpty() ? "" : ": ")
                + findings.entrySet().stream()
                        .map(each -> each.getValue() + " " + words(each.getKey()))
                        .collect(Collectors.joining(", "));
    }

    private static String words(StepFinding finding) {
        return switch (finding) {
            case HELD -> "held it";
            case MISSED -> "missed it";
            case OVERLOADED -> "overloaded";
            case TOO_FEW -> "too few samples";
        };
    }

    private static DataTable table(String title, List<LabelledCell> labelledCells) {
        List<List<String>> body = new ArrayList<>();
        for (LabelledCell labelledCell : labelledCells) {
            byRate(labelledCell).forEach((rate, steps) -> {
                List<String> row = new ArrayList<>(List.of(
                        labelledCell.label(),
                        Figures.rate(rate),
                        Figures.rate(Medians.median(steps.stream()
                                .map(RateStep::reachedOpsPerSecond)
                                .toList()))));
                TABLED.forEach(percentile ->
                        row.add(Medians.micros(steps.stream().map(RateStep::percentileMicros), percentile)));
                row.add(held(steps));
                body.add(row);
            });
        }
        return new DataTable(
                title,
                List.of("engine", "asked, ops/s", "reached, ops/s", "p50", "p99", "p99.9", "held the objective"),
                body);
    }
}
