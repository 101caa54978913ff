package io.quorumark.report.page;

import io.quorumark.report.chart.Series;
import java.util.Arrays;
import java.util.List;

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

    static Series.Point point(double x, List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Series.Point(x, median(values), sorted[0], sorted[sorted.length - 1]);
    }
}
