package io.quorumark.report.chart;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/**
 * Bars made of parts, one bar a row, so that both the whole and its parts can be compared.
 *
 * @param label accessible name
 * @param xTitle of the horizontal axis
 * @param parts their names, in the order of the bar; 8 at most
 * @param xText of ticks, parts and sums
 * @param rows from top to bottom
 */
public record StackedChart(
        String label, String xTitle, List<String> parts, DoubleFunction<String> xText, List<Row> rows) {
    private static final int ROW_HEIGHT = 42;
    private static final int BAR_HEIGHT = 14;
    private static final int KEY_LINE = 18;
    private static final double CHARACTER_WIDTH = 7;
    private static final double SWATCH = 11;

    public StackedChart {
        parts = List.copyOf(parts);
        rows = List.copyOf(rows);
    }

    /**
     * @param name of the engine
     * @param slot its colour, for its name's mark
     * @param values one for each part, from 0 on
     */
    public record Row(String name, int slot, List<Double> values) {
        public Row {
            values = List.copyOf(values);
        }

        double sum() {
            return values.stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    public String svg(ChartSize requested) {
        double keyHeight = keyLines(requested.width()) * KEY_LINE;
        ChartSize size = requested.withHeight((int) keyHeight + 62 + rows.size() * ROW_HEIGHT);
        Frame frame = new Frame(14, 10 + keyHeight, size.width() - 26, size.height() - 44.0);
        double most = rows.stream().mapToDouble(Row::sum).max().orElse(1);
        Scale x = Scale.linearFromZero(most, frame.left(), frame.right());
        Svg svg = new Svg(size, label);
        drawKey(svg, size.width());
        for (double tick : x.ticks()) {
            svg.line(x.position(tick), frame.top(), x.position(tick), frame.bottom(), "grid");
            svg.text(xText.apply(tick), x.position(tick), frame.bottom() + 17, "tick middle");
        }
        svg.line(frame.left(), frame.bottom(), frame.right(), frame.bottom(), "axis");
        svg.text(xTitle, (frame.left() + frame.right()) / 2, frame.bottom() + 36, "axis-title middle");
        for (int i = 0; i < rows.size(); i++) {
            drawRow(svg, rows.get(i), frame, x, frame.top() + i * ROW_HEIGHT);
        }
        return svg.finish();
    }

    private void drawRow(Svg svg, Row row, Frame frame, Scale x, double top) {
        svg.open("g", "class", "series " + Series.cssClass(row.slot()), "data-series", row.name());
        svg.open("path", "d", Marker.path(row.slot(), frame.left() + 5, top + 11, 3.6), "class", "marker");
        svg.close();
        svg.text(row.name() + "  " + xText.apply(row.sum()), frame.left() + 14, top + 15, "label halo");
        double from = 0;
        for (int part = 0; part < row.values().size(); part++) {
            double to = from + row.values().get(part);
            svg.open(
                    "rect",
                    "x",
                    x.position(from),
                    "y",
                    top + 21,
                    "width",
                    x.position(to) - x.position(from),
                    "height",
                    BAR_HEIGHT,
                    "class",
                    partClass(part));
            svg.title(row.name() + ", " + parts.get(part) + ": " + xText.apply(to - from) + " of "
                    + xText.apply(row.sum()));
            svg.close();
            from = to;
        }
        svg.close();
    }

    private static String partClass(int part) {
        return "part p" + part;
    }

    private int keyLines(double width) {
        return (int) Math.round(keyPlaces(width)[parts.size() - 1][1]) + 1;
    }

    private void drawKey(Svg svg, double width) {
        double[][] places = keyPlaces(width);
        IntStream.range(0, parts.size()).forEach(part -> {
            double y = 4 + places[part][1] * KEY_LINE;
            svg.rect(places[part][0], y, SWATCH, SWATCH, partClass(part));
            svg.text(parts.get(part), places[part][0] + SWATCH + 5, y + 10, "label");
        });
    }

    /** For each part, its pixels from the left and its line. */
    private double[][] keyPlaces(double width) {
        double[][] places = new double[parts.size()][2];
        double x = 14;
        int line = 0;
        for (int part = 0; part < parts.size(); part++) {
            double needed = SWATCH + 5 + parts.get(part).length() * CHARACTER_WIDTH + 12;
            if (x + needed > width && x > 14) {
                x = 14;
                line++;
            }
            places[part][0] = x;
            places[part][1] = line;
            x += needed;
        }
        return places;
    }
}
