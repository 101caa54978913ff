package io.quorumark.report.page;

import io.quorumark.report.chart.LineChart.Axis;
import io.quorumark.report.chart.Series;
import io.quorumark.report.chart.TimeChart;
import io.quorumark.report.chart.TimeChart.Panel;
import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.SeriesPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Throughput, response time and replication lag of the measured window on one axis of time: medians of the trials, with the range of
 * throughput behind it, and the longest stalls as marks.
 */
final class OverTime {

    /** More points than pixels tell nothing more: beyond this, neighbouring seconds are put together. */
    private static final int MAX_POINTS = 120;

    private OverTime() {}

    static Optional<Figure> of(String id, List<LabelledCell> labelledCells) {
        int seconds = labelledCells.stream()
                .flatMap(c -> c.trials().stream())
                .flatMap(t -> t.series().stream())
                .mapToInt(p -> p.second() + 1)
                .max()
                .orElse(0);
        int grain = Math.max(1, (seconds + MAX_POINTS - 1) / MAX_POINTS);
        List<Series> throughput = series(labelledCells, grain, OverTime::meanRates, true);
        List<Series> p99 = series(labelledCells, grain, OverTime::highestP99, false);
        StallMarks stalls = StallMarks.of(labelledCells, seconds);
        String title = "Over time";
        TimeChart chart = new TimeChart(
                "Throughput, p99 response time and replication lag over time for " + LatencyCurve.names(labelledCells)
                        + ". The tables below hold the same figures.",
                "second of the measured window",
                "longest stalls",
                seconds,
                List.of(
                        new Panel("operations per second", Axis.FROM_ZERO, OverTime::shortRate, true, throughput),
                        new Panel("p99 response time", Axis.LOGARITHMIC, Figures::micros, true, p99),
                        new Panel(
                                "log entries behind",
                                Axis.FROM_ZERO,
                                entries -> Figures.fixed(entries, 1),
                                false,
                                series(labelledCells, grain, OverTime::worstLag, false))),
                stalls.lanes());
        if (chart.isEmpty()) {
            return Optional.empty();
        }
        List<DataTable> tables = new ArrayList<>(List.of(table(throughput, p99, grain)));
        ReplicationLag.table(labelledCells).ifPresent(tables::add);
        return Optional.of(new Figure(
                id, title, caption(grain, !stalls.isEmpty()), true, stalls.keys(), chart.drawings(id), tables));
    }

    private static String caption(int grain, boolean marked) {
        return "Lines: medians of the trials; band: their range. Log entries behind: what the slowest member had yet to apply. A slope"
                + " means that no steady state was reached."
                + (grain == 1
                        ? ""
                        : " Each point stands for " + grain
                                + " seconds: the mean of throughput, the highest of the others.")
                + (marked
                        ? " Marks: the ten longest stalls of each engine over its trials, by what coincided longest with each; the"
                                + " three longest go through all panels. What coincided need not be the cause."
                        : "");
    }

    private static String shortRate(double rate) {
        return rate >= 1e6
                ? Figures.fixed(rate / 1e6, 2) + " M"
                : rate >= 1e3 ? Figures.fixed(rate / 1e3, 1) + " k" : Figures.fixed(rate, 1);
    }

    /**
     * @param ofTrial a trial's figure by bucket of so many seconds
     * @param withRange whether the range of the trials is drawn
     */
    private static List<Series> series(
            List<LabelledCell> labelledCells,
            int grain,
            BiFunction<Trial, Integer, SortedMap<Integer, Double>> ofTrial,
            boolean withRange) {
        List<Series> series = new ArrayList<>();
        for (LabelledCell labelledCell : labelledCells) {
            SortedMap<Integer, List<Double>> byBucket = new TreeMap<>();
            for (Trial trial : labelledCell.trials()) {
                ofTrial.apply(trial, grain)
                        .forEach((bucket, figure) -> byBucket.computeIfAbsent(bucket, absent -> new ArrayList<>())
                                .add(figure));
            }
            List<Series.Point> points = new ArrayList<>();
            byBucket.forEach((bucket, figures) -> {
                // in the middle of the time that it stands for, so that a mark falls on the point that it explains
                Series.Point point = Medians.point((bucket + 0.5) * grain, figures);
                points.add(withRange ? point : new Series.Point(point.x(), point.y(), point.y(), point.y()));
            });
            series.add(new Series(labelledCell.label(), labelledCell.slot(), points));
        }
        return series;
    }

    private static SortedMap<Integer, Double> meanRates(Trial trial, int grain) {
        SortedMap<Integer, List<Double>> byBucket = new TreeMap<>();
        for (SeriesPoint point : trial.series()) {
            byBucket.computeIfAbsent(point.second() / grain, absent -> new ArrayList<>())
                    .add((double) point.operations());
        }
        SortedMap<Integer, Double> means = new TreeMap<>();
        byBucket.forEach((bucket, rates) -> means.put(
                bucket,
                rates.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
        return means;
    }

    private static SortedMap<Integer, Double> highestP99(Trial trial, int grain) {
        SortedMap<Integer, Double> highest = new TreeMap<>();
        trial.series().stream()
                .filter(point -> point.p99Micros() > 0)
                .forEach(point -> highest.merge(point.second() / grain, point.p99Micros(), Math::max));
        return highest;
    }

    private static SortedMap<Integer, Double> worstLag(Trial trial, int grain) {
        SortedMap<Integer, Double> worst = new TreeMap<>();
        ReplicationLag.worstBySecond(trial)
                .forEach((second, entries) -> worst.merge(second / grain, (double) entries, Math::max));
        return worst;
    }

    private static DataTable table(List<Series> throughput, List<Series> p99, int grain) {
        List<String> head = new ArrayList<>(List.of(grain == 1 ? "second" : "from second"));
        throughput.forEach(line -> head.add(line.name() + ", ops/s"));
        p99.forEach(line -> head.add(line.name() + ", p99"));
        List<List<String>> body = new ArrayList<>();
        for (double x : throughput.stream()
                .flatMap(line -> line.points().stream())
                .map(Series.Point::x)
                .distinct()
                .sorted()
                .toList()) {
            List<String> row = new ArrayList<>(List.of(Figures.fixed(x - 0.5 * grain, 0)));
            throughput.forEach(line ->
                    row.add(at(line, x).map(point -> Figures.rate(point.y())).orElse(Figures.ABSENT)));
            p99.forEach(line ->
                    row.add(at(line, x).map(point -> Figures.micros(point.y())).orElse(Figures.ABSENT)));
            body.add(row);
        }
        return new DataTable("Throughput and p99 response time over time, medians of the trials", head, body);
    }

    private static Optional<Series.Point> at(Series line, double x) {
        return line.points().stream().filter(point -> point.x() == x).findFirst();
    }
}
