package io.quorumark.report.page;

import io.quorumark.report.chart.Series;
import io.quorumark.report.text.Figures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The middle and the range of a few trials, to draw them. Estimates with intervals come from the analysis instead. */
final class Medians {

    private Medians() {}

    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Of one percentile, in words, over those that have it; a dash if none has. */
    static String micros(Stream<Map<String, Double>> percentileMicros, String percentile) {
        List<Double> values = percentileMicros
                .flatMap(each -> Stream.ofNullable(each.get(percentile)))
                .toList();
        return values.isEmpty() ? Figures.ABSENT : Figures.micros(median(values));
    }

    static Series.Point point(double x, List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Series.Point(x, median(values), sorted[0], sorted[sorted.length - 1]);
    }
}
