package io.quorumark.report.page;

import io.quorumark.report.text.Figures;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.PacedWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Response times at a set rate, after a closed loop that has none but its service times. */
public final class PacedWindows {
    private static final List<String> PERCENTILES = List.of("50", "99", "99.9");

    private PacedWindows() {}

    /** Of cells that share a load; empty if it has no such window. */
    static Optional<DataTable> table(List<LabelledCell> cells) {
        return paced(cells).map(paced -> {
            List<List<String>> body = new ArrayList<>();
            for (LabelledCell cell : cells) {
                List<PacedWindow> windows = windows(cell);
                List<PacedWindow> counting =
                        windows.stream().filter(PacedWindow::counts).toList();
                List<String> row = new ArrayList<>(List.of(
                        cell.label(),
                        counting.isEmpty()
                                ? Figures.ABSENT
                                : Figures.rate(Medians.median(counting.stream()
                                        .map(PacedWindow::reachedOpsPerSecond)
                                        .toList()))));
                PERCENTILES.forEach(percentile ->
                        row.add(Medians.micros(counting.stream().map(PacedWindow::percentileMicros), percentile)));
                row.add(count(windows, PacedWindow::keptRate));
                row.add(count(windows, window -> !window.generatorWasLate()));
                body.add(row);
            }
            return new DataTable(
                    "Response time at " + Figures.rate(paced.rateOpsPerSecond())
                            + " ops/s, from when each operation was due; medians of the trials that kept the rate with a load generator"
                            + " in time",
                    List.of("engine", "reached, ops/s", "p50", "p99", "p99.9", "kept the rate", "generator in time"),
                    body);
        });
    }

    private static String count(List<PacedWindow> windows, Predicate<PacedWindow> holds) {
        return windows.stream().filter(holds).count() + " of " + windows.size();
    }

    /** The same as a line of text; empty if no trial has such a window. */
    public static Optional<String> line(ComparisonGroup group) {
        return paced(group.labelledCells())
                .map(paced -> "p99 at " + Figures.rate(paced.rateOpsPerSecond()) + " ops/s (open loop): "
                        + String.join(
                                ", ",
                                group.labelledCells().stream()
                                        .map(cell -> cell.label() + " " + p99(cell))
                                        .toList()));
    }

    private static String p99(LabelledCell cell) {
        List<Double> values = cell.trials().stream()
                .flatMap(trial ->
                        Metric.PACED_P99.value(cell.cell(), trial).stream().boxed())
                .toList();
        return values.isEmpty() ? reasons(windows(cell)) : Figures.micros(Medians.median(values));
    }

    /** Why none of these windows has a 99th percentile: the reason, or, if they have several, in how many windows each holds. */
    private static String reasons(List<PacedWindow> windows) {
        Map<String, Long> reasons = windows.stream()
                .collect(Collectors.groupingBy(PacedWindows::reason, TreeMap::new, Collectors.counting()));
        return switch (reasons.size()) {
            case 0 -> "no trial counts";
            case 1 -> reasons.keySet().iterator().next();
            default ->
                reasons.entrySet().stream()
                        .map(each -> each.getKey() + " (" + each.getValue() + " of " + windows.size() + ")")
                        .collect(Collectors.joining(", "));
        };
    }

    private static String reason(PacedWindow window) {
        if (!window.keptRate()) {
            return "did not keep the rate";
        }
        return window.generatorWasLate() ? "the load generator was late" : "too few samples";
    }

    private static Optional<Cell.Paced> paced(List<LabelledCell> cells) {
        return cells.stream()
                .flatMap(cell -> Stream.ofNullable(cell.cell().load().paced()))
                .findFirst();
    }

    private static List<PacedWindow> windows(LabelledCell cell) {
        return cell.trials().stream()
                .map(Trial::paced)
                .flatMap(Stream::ofNullable)
                .toList();
    }
}
