package io.quorumark.report.page;

import io.quorumark.report.chart.LineChart;
import io.quorumark.report.chart.LineChart.Axis;
import io.quorumark.report.chart.Series;
import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** By how many log entries the slowest member was behind the furthest one, in each second of the measured window. */
final class ReplicationLag {
    private ReplicationLag() {}

    static Optional<Figure> of(String id, List<LabelledCell> labelledCells) {
        List<Series> series = labelledCells.stream()
                .map(labelledCell -> new Series(labelledCell.label(), labelledCell.slot(), points(labelledCell)))
                .toList();
        String title = "Replication lag";
        LineChart chart = new LineChart(
                title + " for " + LatencyCurve.names(labelledCells) + ". The table below holds the same figures.",
                "second of the measured window",
                "log entries behind",
                Axis.LINEAR,
                Axis.FROM_ZERO,
                false,
                second -> Figures.fixed(second, 1),
                entries -> Figures.fixed(entries, 1),
                series);
        return Figure.of(
                id,
                title,
                "Entries that the slowest member had yet to apply, at most within each second. Line: median of the trials; band: their"
                        + " range. A rising line is a follower that cannot keep up.",
                false,
                chart,
                () -> table(title, labelledCells));
    }

    private static List<Series.Point> points(LabelledCell labelledCell) {
        SortedMap<Integer, List<Double>> bySecond = new TreeMap<>();
        for (Trial trial : labelledCell.trials()) {
            worstBySecond(trial)
                    .forEach((second, entries) -> bySecond.computeIfAbsent(second, absent -> new ArrayList<>())
                            .add((double) entries));
        }
        List<Series.Point> points = new ArrayList<>();
        bySecond.forEach((second, entries) -> points.add(Medians.point(second, entries)));
        return points;
    }

    private static SortedMap<Integer, Long> worstBySecond(Trial trial) {
        SortedMap<Integer, Long> worst = new TreeMap<>();
        for (List<Long> member : trial.replication().lagEntries().values()) {
            for (int second = 0; second < member.size(); second++) {
                worst.merge(second, member.get(second), Math::max);
            }
        }
        return worst;
    }

    private static DataTable table(String title, List<LabelledCell> labelledCells) {
        List<List<String>> body = new ArrayList<>();
        for (LabelledCell labelledCell : labelledCells) {
            List<Double> all = labelledCell.trials().stream()
                    .flatMap(trial -> worstBySecond(trial).values().stream())
                    .map(Long::doubleValue)
                    .toList();
            if (!all.isEmpty()) {
                body.add(List.of(
                        labelledCell.label(),
                        Figures.fixed(Medians.median(all), 0),
                        Figures.fixed(
                                all.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .max()
                                        .orElse(0),
                                0)));
            }
        }
        return new DataTable(
                title + " in log entries, over the seconds of all trials", List.of("engine", "median", "most"), body);
    }
}
