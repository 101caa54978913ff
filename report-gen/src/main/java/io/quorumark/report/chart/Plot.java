package io.quorumark.report.chart;

import static io.quorumark.report.chart.Svg.number;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Lines with their bands inside a frame. They are written once, in whole numbers of a space of their own, and every size of the chart
 * stretches that space to its frame: a zoom is another window into it.
 *
 * @param id unique in the document
 * @param series what is drawn
 * @param xDomain of the horizontal axis
 * @param yDomain of the vertical axis
 */
record Plot(String id, List<Series> series, Domain xDomain, Domain yDomain) {
    /** Of the space, and so of every window into it. */
    static final int WIDTH = 2_000;

    static final int HEIGHT = 600;
    private static final double MARKER_RADIUS = 3.6;
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
        if (first) {
            svg.open("defs");
            for (int i = 0; i < series.size(); i++) {
                svg.empty(
                        "path",
                        "id",
                        marker(i),
                        "class",
                        "marker",
                        "d",
                        Marker.path(series.get(i).slot(), 0, 0, MARKER_RADIUS));
            }
            svg.close();
        }
        svg.open(
                "svg",
                "class",
                "plot",
                "x",
                frame.left(),
                "y",
                frame.top(),
                "width",
                frame.right() - frame.left(),
                "height",
                frame.bottom() - frame.top(),
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "preserveAspectRatio",
                "none");
        for (int i = 0; i < series.size(); i++) {
            openSeries(svg, series.get(i));
            if (first) {
                svg.open("g", "id", id + "-" + i);
                drawLine(svg, series.get(i));
                if (i < across.size() && !across.get(i).isEmpty()) {
                    svg.empty("path", "class", "across", "d", across.get(i));
                }
                svg.close();
            } else {
                svg.empty("use", "href", "#" + id + "-" + i);
            }
            svg.close();
        }
        svg.close();
    }

    static void openSeries(Svg svg, Series line) {
        svg.open("g", "class", "series " + line.cssClass(), "data-series", line.name());
    }

    private void drawLine(Svg svg, Series line) {
        Scale x = xDomain.between(0, WIDTH);
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

    /** Each point's shape; in the first drawing with its value on hover. */
    void drawMarkers(Svg svg, Frame frame, boolean first, DoubleFunction<String> xText, DoubleFunction<String> yText) {
        Scale x = x(frame);
        Scale y = y(frame);
        for (int i = 0; i < series.size(); i++) {
            Series line = series.get(i);
            openSeries(svg, line);
            for (Series.Point point : line.points()) {
                String title = line.name() + ", " + xText.apply(point.x()) + ": " + yText.apply(point.y()) + " ("
                        + yText.apply(point.low()) + " to " + yText.apply(point.high()) + ")";
                svg.use(marker(i), x.position(point.x()), y.position(point.y()), "", first ? title : "");
            }
            svg.close();
        }
    }

    /** Names beside the right ends of the lines; the legend above the charts has them whole, in the same colour and shape. */
    void drawLabels(Svg svg, Frame frame, ChartSize size) {
        Scale x = x(frame);
        Scale y = y(frame);
        double[] wanted =
                series.stream().mapToDouble(line -> y.position(last(line).y())).toArray();
        double[] placed = LabelColumn.place(wanted, LABEL_SPACING, frame.top() + 4, frame.bottom() - 2);
        for (int i = 0; i < series.size(); i++) {
            Series line = series.get(i);
            openSeries(svg, line);
            svg.empty(
                    "path",
                    "class",
                    "leader",
                    "d",
                    "M" + number(x.position(last(line).x()) + 3) + " " + number(wanted[i]) + "L"
                            + number(frame.right() + 9) + " " + number(placed[i]));
            svg.use(marker(i), frame.right() + 14, placed[i], "", "");
            svg.text(Frame.shortened(line.name(), size), frame.right() + 21, placed[i] + 4, "label");
            svg.close();
        }
    }

    private String marker(int i) {
        return id + "-m" + i;
    }

    private static Series.Point last(Series line) {
        return line.points().get(line.points().size() - 1);
    }
}
