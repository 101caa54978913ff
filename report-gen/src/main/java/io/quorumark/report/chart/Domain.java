package io.quorumark.report.chart;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The values that an axis goes over, wherever it is drawn. */
@FunctionalInterface
interface Domain {
    /** The axis between two places, in whatever they are counted in. */
    Scale between(double from, double to);

    /** The values of series along one of their axes. */
    static Domain of(LineChart.Axis axis, List<Series> series, boolean vertical) {
        if (axis == LineChart.Axis.PERCENTILE) {
            List<Double> percentiles =
                    points(series).map(Series.Point::x).distinct().sorted().toList();
            return (from, to) -> Scale.percentile(percentiles, from, to);
        }
        double min = points(series)
                .mapToDouble(point -> vertical ? point.low() : point.x())
                .min()
                .orElse(0);
        double max = points(series)
                .mapToDouble(point -> vertical ? point.high() : point.x())
                .max()
                .orElse(1);
        return switch (axis) {
            case FROM_ZERO -> (from, to) -> Scale.linearFromZero(max, from, to);
            case LOGARITHMIC -> (from, to) -> Scale.logarithmic(Math.max(min, 1e-9), Math.max(max, 1e-9), from, to);
            default -> tight(min, max, axis == LineChart.Axis.WHOLE);
        };
    }

    /** From the least value to the greatest and no further. */
    static Domain tight(double min, double max, boolean wholeTicks) {
        Predicate<Double> shown = tick -> tick >= min && tick <= max && (!wholeTicks || tick == Math.rint(tick));
        return (from, to) -> new Scale.Of(
                Scale.linear(min, max, from, to).ticks().stream().filter(shown).toList(),
                min,
                max > min ? max : min + 1,
                from,
                to);
    }

    private static Stream<Series.Point> points(List<Series> series) {
        return series.stream().flatMap(line -> line.points().stream());
    }
}
