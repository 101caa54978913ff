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

/** Acknowledged operations per second of the measured window: the median of the trials, with their range behind it. */
final class ThroughputOverTime {

    /** More points than pixels tell nothing more: beyond this, neighbouring seconds are averaged. */
    private static final int MAX_POINTS = 120;

    private ThroughputOverTime() {}

    static Optional<Figure> of(String id, List<LabelledCell> labelledCells) {
        int seconds = labelledCells.stream()
                .flatMap(c -> c.trials().stream())
                .flatMap(t -> t.series().stream())
                .mapToInt(p -> p.second() + 1)
                .max()
                .orElse(0);
        int secondsPerPoint = Math.max(1, (seconds + MAX_POINTS - 1) / MAX_POINTS);
        List<Series> series = labelledCells.stream()
                .map(c -> new Series(c.label(), c.slot(), points(c, secondsPerPoint)))
                .toList();
        String title = "Throughput over time";
        LineChart chart = new LineChart(
                title + " for " + LatencyCurve.names(labelledCells) + ". The table below holds the same figures.",
                "second of the measured window",
                "operations per second",
                Axis.WHOLE,
                Axis.FROM_ZERO,
                false,
                second -> Figures.fixed(second, 0),
                rate -> rate == 0 ? "0" : shortRate(rate),
                series);
        String grain = secondsPerPoint == 1 ? "" : " Each point is the mean of " + secondsPerPoint + " seconds.";
        return Figure.of(
                id,
                title,
                "Line: median of the trials; band: their range. Dips are compactions, collections or checkpoints; a slope means that"
                        + " no steady state was reached."
                        + grain,
                false,
                chart,
                () -> table(title, chart.series(), secondsPerPoint));
    }

    private static String shortRate(double rate) {
        return rate >= 1e6
                ? Figures.fixed(rate / 1e6, 2) + " M"
                : rate >= 1e3 ? Figures.fixed(rate / 1e3, 1) + " k" : Figures.fixed(rate, 1);
    }

    private static List<Series.Point> points(LabelledCell labelledCell, int secondsPerPoint) {
        SortedMap<Integer, List<Double>> bySecond = new TreeMap<>();
        for (Trial trial : labelledCell.trials()) {
            SortedMap<Integer, List<Double>> ofTrial = new TreeMap<>();
            for (Trial.SeriesPoint point : trial.series()) {
                ofTrial.computeIfAbsent(point.second() / secondsPerPoint, k -> new ArrayList<>())
                        .add((double) point.operations());
            }
            ofTrial.forEach((bucket, operations) -> bySecond.computeIfAbsent(bucket, k -> new ArrayList<>())
                    .add(operations.stream().mapToDouble(Double::doubleValue).sum() / operations.size()));
        }
        List<Series.Point> points = new ArrayList<>();
        bySecond.forEach((bucket, rates) -> points.add(Medians.point((double) bucket * secondsPerPoint, rates)));
        return points;
    }

    private static DataTable table(String title, List<Series> series, int secondsPerPoint) {
        List<Double> seconds = series.stream()
                .flatMap(s -> s.points().stream())
                .map(Series.Point::x)
                .distinct()
                .sorted()
                .toList();
        List<String> head = new ArrayList<>(List.of(secondsPerPoint == 1 ? "second" : "from second"));
        series.forEach(s -> head.add(s.name()));
        List<List<String>> body = new ArrayList<>();
        for (double second : seconds) {
            List<String> row = new ArrayList<>(List.of(Figures.fixed(second, 0)));
            for (Series line : series) {
                row.add(line.points().stream()
                        .filter(p -> p.x() == second)
                        .map(p -> Figures.rate(p.y()))
                        .findFirst()
                        .orElse(Figures.ABSENT));
            }
            body.add(row);
        }
        return new DataTable(title + " in operations per second, median of the trials", head, body);
    }
}
