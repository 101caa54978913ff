package io.quorumark.report.page;

import io.quorumark.report.chart.LineChart;
import io.quorumark.report.chart.LineChart.Axis;
import io.quorumark.report.chart.Series;
import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Response time over percentiles: the median of the trials, with their range behind it. */
final class LatencyCurve {

    private LatencyCurve() {}

    static Optional<Figure> of(String id, String operationClass, List<LabelledCell> labelledCells) {
        List<Series> series = labelledCells.stream()
                .map(c -> new Series(c.label(), c.slot(), points(c, operationClass)))
                .toList();
        String title = operationClass.equals(Trial.ALL_OPERATIONS)
                ? "Response time by percentile"
                : "Response time by percentile, " + operationClass;
        LineChart chart = new LineChart(
                title + " for " + names(labelledCells) + ". The table below holds the same figures.",
                "percentile",
                "response time",
                Axis.PERCENTILE,
                Axis.LOGARITHMIC,
                true,
                percentile -> "p" + Figures.fixed(percentile, 6),
                Figures::micros,
                series);
        return Figure.of(
                id,
                title,
                "Both axes logarithmic, lower is better. Line: median of the trials; band: their range. A percentile ends where fewer"
                        + " than 100 samples lie beyond it.",
                false,
                chart,
                () -> table(title, chart.series()));
    }

    static String names(List<LabelledCell> labelledCells) {
        return String.join(", ", labelledCells.stream().map(LabelledCell::label).toList());
    }

    /** The percentiles that every one of these trials supports, as the file writes them, in order. */
    private static List<Series.Point> points(LabelledCell labelledCell, String operationClass) {
        List<Trial.Latency> latencies = labelledCell.trials().stream()
                .map(t -> t.latency().get(operationClass))
                .filter(java.util.Objects::nonNull)
                .toList();
        if (latencies.isEmpty()) {
            return List.of();
        }
        List<Series.Point> points = new ArrayList<>();
        for (String percentile : latencies.get(0).percentileMicros().keySet()) {
            List<Double> values = latencies.stream()
                    .map(l -> l.percentileMicros().get(percentile))
                    .filter(java.util.Objects::nonNull)
                    .toList();
            // a band over fewer trials than its neighbour would step for no reason of the engine's
            if (values.size() == latencies.size()) {
                points.add(Medians.point(Double.parseDouble(percentile), values));
            }
        }
        points.sort(Comparator.comparingDouble(Series.Point::x));
        return points;
    }

    private static DataTable table(String title, List<Series> series) {
        List<Double> percentiles = series.stream()
                .flatMap(s -> s.points().stream())
                .map(Series.Point::x)
                .distinct()
                .sorted()
                .toList();
        List<String> head = new ArrayList<>(List.of("percentile"));
        series.forEach(s -> head.add(s.name()));
        List<List<String>> body = new ArrayList<>();
        for (double percentile : percentiles) {
            List<String> row = new ArrayList<>(List.of("p" + Figures.fixed(percentile, 6)));
            for (Series line : series) {
                row.add(line.points().stream()
                        .filter(p -> p.x() == percentile)
                        .map(p -> Figures.micros(p.y()))
                        .findFirst()
                        .orElse(Figures.ABSENT));
            }
            body.add(row);
        }
        return new DataTable(title + ", median of the trials", head, body);
    }
}
