package io.quorumark.report.chart;

import static io.quorumark.report.chart.Svg.number;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Lines with a band from the smallest to the largest trial, labelled at their right ends.
 *
 * @param label accessible name
 * @param xTitle of the horizontal axis
 * @param yTitle of the vertical axis
 * @param xAxis kind of the horizontal axis
 * @param yAxis kind of the vertical axis
 * @param markers whether points get a shape with their value on hover
 * @param xText of ticks and points
 * @param yText of ticks and points
 * @param series what is drawn
 */
public record LineChart(
        String label,
        String xTitle,
        String yTitle,
        Axis xAxis,
        Axis yAxis,
        boolean markers,
        DoubleFunction<String> xText,
        DoubleFunction<String> yText,
        List<Series> series) {

    private static final double LABEL_SPACING = 15;

    public enum Axis {
        /** Evenly spaced, as far as the data go. */
        LINEAR,
        /** Evenly spaced, as far as the data go, with ticks at whole numbers alone: for what is counted. */
        WHOLE,
        /** Evenly spaced, zero included. */
        FROM_ZERO,
        /** Powers of ten evenly spaced. */
        LOGARITHMIC,
        /** Each further nine evenly spaced. */
        PERCENTILE
    }

    public LineChart {
        series = series.stream().filter(s -> !s.points().isEmpty()).toList();
    }

    public boolean isEmpty() {
        return series.isEmpty();
    }

    public String svg(ChartSize size) {
        Frame frame = Frame.of(size, longestName());
        Scale x = scale(xAxis, false, frame.left(), frame.right());
        Scale y = scale(yAxis, true, frame.bottom(), frame.top());
        Svg svg = new Svg(size, label);
        frame.drawAxes(svg, x, y, xText, yText, xTitle, yTitle);
        for (Series line : series) {
            svg.open("g", "class", "series " + line.cssClass(), "data-series", line.name());
            drawBand(svg, line, x, y);
            drawLine(svg, line, x, y);
            if (markers) {
                drawMarkers(svg, line, x, y);
            }
            svg.close();
        }
        drawLabels(svg, frame, x, y, size);
        return svg.finish();
    }

    private int longestName() {
        return series.stream().mapToInt(s -> s.name().length()).max().orElse(0);
    }

    private Scale scale(Axis axis, boolean vertical, double from, double to) {
        if (axis == Axis.PERCENTILE) {
            List<Double> percentiles = series.stream()
                    .flatMap(s -> s.points().stream())
                    .map(Series.Point::x)
                    .distinct()
                    .sorted()
                    .toList();
            return Scale.percentile(percentiles, from, to);
        }
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (Series line : series) {
            for (Series.Point point : line.points()) {
                min = Math.min(min, vertical ? point.low() : point.x());
                max = Math.max(max, vertical ? point.high() : point.x());
            }
        }
        return switch (axis) {
            case FROM_ZERO -> Scale.linearFromZero(max, from, to);
            case LOGARITHMIC -> Scale.logarithmic(Math.max(min, 1e-9), Math.max(max, 1e-9), from, to);
            default ->
                new Scale.Of(
                        Scale.linear(min, max, from, to).ticks().stream()
                                .filter(inside(min, max))
                                .filter(tick -> axis != Axis.WHOLE || tick == Math.rint(tick))
                                .toList(),
                        min,
                        max > min ? max : min + 1,
                        from,
                        to);
        };
    }

    private static java.util.function.Predicate<Double> inside(double min, double max) {
        return tick -> tick >= min && tick <= max;
    }

    private static void drawBand(Svg svg, Series line, Scale x, Scale y) {
        boolean flat = line.points().stream().allMatch(p -> p.low() == p.high());
        if (flat || line.points().size() < 2) {
            return;
        }
        StringBuilder path = new StringBuilder();
        for (Series.Point point : line.points()) {
            append(path, x.position(point.x()), y.position(point.high()));
        }
        for (int i = line.points().size() - 1; i >= 0; i--) {
            Series.Point point = line.points().get(i);
            append(path, x.position(point.x()), y.position(point.low()));
        }
        svg.empty("path", "d", path.append('z'), "class", "band");
    }

    private static void drawLine(Svg svg, Series line, Scale x, Scale y) {
        StringBuilder path = new StringBuilder();
        for (Series.Point point : line.points()) {
            append(path, x.position(point.x()), y.position(point.y()));
        }
        svg.empty("path", "d", path, "class", "line");
    }

    private static void append(StringBuilder path, double x, double y) {
        path.append(path.isEmpty() ? 'M' : 'L').append(number(x)).append(' ').append(number(y));
    }

    private void drawMarkers(Svg svg, Series line, Scale x, Scale y) {
        for (Series.Point point : line.points()) {
            svg.open(
                    "path",
                    "d",
                    Marker.path(line.slot(), x.position(point.x()), y.position(point.y()), 3.6),
                    "class",
                    "marker");
            svg.title(line.name() + ", " + xText.apply(point.x()) + ": " + yText.apply(point.y()) + " ("
                    + yText.apply(point.low()) + " to " + yText.apply(point.high()) + ")");
            svg.close();
        }
    }

    /** The legend above the charts has the whole name, in the same colour and shape. */
    private static String shortened(String name, int characters) {
        return name.length() <= characters
                ? name
                : name.substring(0, characters - 1).strip() + "…";
    }

    private void drawLabels(Svg svg, Frame frame, Scale x, Scale y, ChartSize size) {
        double[] wanted = series.stream()
                .mapToDouble(
                        s -> y.position(s.points().get(s.points().size() - 1).y()))
                .toArray();
        double[] placed = LabelColumn.place(wanted, LABEL_SPACING, frame.top() + 4, frame.bottom() - 2);
        for (int i = 0; i < series.size(); i++) {
            Series line = series.get(i);
            double at = placed[i];
            svg.open("g", "class", "series " + line.cssClass(), "data-series", line.name());
            double end = x.position(line.points().get(line.points().size() - 1).x());
            svg.line(end + 3, wanted[i], frame.right() + 9, at, "leader");
            svg.empty("path", "d", Marker.path(line.slot(), frame.right() + 14, at, 3.6), "class", "marker");
            svg.text(shortened(line.name(), Frame.labelRoom(size)), frame.right() + 21, at + 4, "label");
            svg.close();
        }
    }
}
