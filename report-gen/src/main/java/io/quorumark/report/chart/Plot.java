package io.quorumark.report.chart;

import static io.quorumark.report.chart.Svg.number;

import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lines with their bands inside a frame. They are written once, in a {@link Space}: a zoom is another window into it.
 *
 * @param id unique in the document
 * @param series what is drawn
 * @param xDomain of the horizontal axis
 * @param yDomain of the vertical axis
 */
record Plot(String id, List<Series> series, Domain xDomain, Domain yDomain) {
    /** Of the space. */
    static final int HEIGHT = 600;

    private static final double LABEL_SPACING = 15;

    Scale x(Frame frame) {
        return xDomain.between(frame.left(), frame.right());
    }

    Scale y(Frame frame) {
        return yDomain.between(frame.bottom(), frame.top());
    }

    /** Room for this many characters is enough for all names. */
    int longestName() {
        return series.stream().mapToInt(line -> line.name().length()).max().orElse(0);
    }

    /**
     * @param first whether this is the drawing that the others point to
     * @param across lines from top to bottom, one path for each series; an empty one is left out
     */
    void drawLines(Svg svg, Frame frame, boolean first, List<String> across) {
        new Space(id, HEIGHT).draw(svg, frame, "plot", first, () -> {
            for (int i = 0; i < series.size(); i++) {
                openSeries(svg, series.get(i));
                drawLine(svg, series.get(i));
                if (i < across.size() && !across.get(i).isEmpty()) {
                    svg.empty("path", "class", "across", "d", across.get(i));
                }
                svg.close();
            }
        });
    }

    static void openSeries(Svg svg, Series line) {
        svg.open("g", "class", "series " + line.cssClass(), "data-series", line.name());
    }

    private void drawLine(Svg svg, Series line) {
        Scale x = xDomain.between(0, Space.WIDTH);
        Scale y = yDomain.between(HEIGHT, 0);
        boolean flat = line.points().stream().allMatch(point -> point.low() == point.high());
        if (!flat && line.points().size() > 1) {
            RelativePath band = new RelativePath();
            for (Series.Point point : line.points()) {
                band.to(x.position(point.x()), y.position(point.high()));
            }
            for (int i = line.points().size() - 1; i >= 0; i--) {
                Series.Point point = line.points().get(i);
                band.to(x.position(point.x()), y.position(point.low()));
            }
            svg.empty("path", "class", "band", "d", band.closed());
        }
        RelativePath path = new RelativePath();
        line.points().forEach(point -> path.to(x.position(point.x()), y.position(point.y())));
        svg.empty("path", "class", "line", "d", path.open());
    }

    /**
     * What stands at the points of lines.
     *
     * @param first whether this is the drawing that tells values on hover
     */
    record Points(boolean first, DoubleFunction<String> xText, DoubleFunction<String> yText) {}

    /**
     * Names beside the right ends of the lines; the legend above the charts has them whole, in the same colour and shape.
     *
     * @param points for a shape at each point of the lines; null for none
     */
    void drawLabels(Svg svg, Frame frame, ChartSize size, @Nullable Points points) {
        Scale x = x(frame);
        Scale y = y(frame);
        double[] wanted =
                series.stream().mapToDouble(line -> y.position(last(line).y())).toArray();
        double[] placed = LabelColumn.place(wanted, LABEL_SPACING, frame.top() + 4, frame.bottom() - 2);
        for (int i = 0; i < series.size(); i++) {
            Series line = series.get(i);
            String marker = Shapes.marker(line.slot());
            openSeries(svg, line);
            if (points != null) {
                for (Series.Point point : line.points()) {
                    svg.use(
                            marker,
                            x.position(point.x()),
                            y.position(point.y()),
                            "",
                            points.first() ? title(line, point, points) : "");
                }
            }
            svg.empty(
                    "path",
                    "class",
                    "leader",
                    "d",
                    "M" + number(x.position(last(line).x()) + 3) + " " + number(wanted[i]) + "L"
                            + number(frame.right() + 9) + " " + number(placed[i]));
            svg.use(marker, frame.right() + 14, placed[i], "", "");
            svg.text(Frame.shortened(line.name(), size), frame.right() + 21, placed[i] + 4, "label");
            svg.close();
        }
    }

    private static String title(Series line, Series.Point point, Points points) {
        return line.name() + ", " + points.xText().apply(point.x()) + ": "
                + points.yText().apply(point.y()) + " (" + points.yText().apply(point.low()) + " to "
                + points.yText().apply(point.high()) + ")";
    }

    private static Series.Point last(Series line) {
        return line.points().get(line.points().size() - 1);
    }
}
