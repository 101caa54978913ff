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
    private static final int ROW_HEIGHT = 56;
    private static final int BAR_TOP = 21;
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

    /** @param id unique in the document */
    public Drawings drawings(String id, ChartSize wide) {
        String bars = Svg.initials(id);
        return new Drawings(svg(bars, wide, true), svg(bars, ChartSize.NARROW, false));
    }

    private Frame frame(ChartSize size) {
        return new Frame(14, 10 + keyLines(size.width()) * KEY_LINE, size.width() - 26, size.height() - 44.0);
    }

    private ChartSize sized(ChartSize requested) {
        return requested.withHeight(keyLines(requested.width()) * KEY_LINE + 62 + rows.size() * ROW_HEIGHT);
    }

    /** @param first whether this is the drawing whose bars the other one stretches to its own width */
    private String svg(String bars, ChartSize requested, boolean first) {
        ChartSize size = sized(requested);
        Frame frame = frame(size);
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
        drawBars(svg, bars, frame, x, first);
        for (int i = 0; i < rows.size(); i++) {
            drawRow(svg, rows.get(i), x, frame.top() + i * ROW_HEIGHT, size);
        }
        return svg.finish();
    }

    private void drawBars(Svg svg, String id, Frame frame, Scale x, boolean first) {
        int height = rows.size() * ROW_HEIGHT;
        double stretch = Space.WIDTH / (frame.right() - frame.left());
        new Space(id, height).draw(svg, frame.withHeight(frame.top(), frame.top() + height), "", first, () -> {
            for (int i = 0; i < rows.size(); i++) {
                openSeries(svg, rows.get(i));
                drawBar(svg, rows.get(i), x, stretch, i * ROW_HEIGHT + BAR_TOP);
                svg.close();
            }
        });
    }

    private void drawBar(Svg svg, Row row, Scale x, double stretch, int top) {
        double from = 0;
        for (int part = 0; part < row.values().size(); part++) {
            double to = from + row.values().get(part);
            long left = Math.round(stretch * (x.position(from) - x.position(0)));
            long right = Math.round(stretch * (x.position(to) - x.position(0)));
            Object[] attributes = {
                "class",
                partClass(part),
                "d",
                "M" + left + " " + top + "h" + (right - left) + "v" + BAR_HEIGHT + "H" + left + "z"
            };
            String text = xText.apply(to - from);
            if (isTold(text, x.position(to) - x.position(from))) {
                svg.empty("path", attributes);
            } else {
                svg.open("path", attributes)
                        .title(row.name() + ", " + parts.get(part) + ": " + text + " of " + xText.apply(row.sum()))
                        .close();
            }
            from = to;
        }
    }

    private static boolean isTold(String text, double width) {
        return text.length() * CHARACTER_WIDTH < width;
    }

    private static void openSeries(Svg svg, Row row) {
        svg.open("g", "class", "series " + Series.cssClass(row.slot()), "data-series", row.name());
    }

    /** A part's figure stands below it; if it finds no room, on hover, and in the table. */
    private void drawRow(Svg svg, Row row, Scale x, double top, ChartSize size) {
        double left = x.position(0);
        openSeries(svg, row);
        svg.empty("path", "d", Marker.path(row.slot(), left + 5, top + 11, 3.6), "class", "marker");
        String sum = "  " + xText.apply(row.sum());
        int room = (int) ((size.width() - left - 14) / CHARACTER_WIDTH) - sum.length();
        svg.text(Frame.shortened(row.name(), room) + sum, left + 14, top + 15, "label halo");
        double from = 0;
        for (double value : row.values()) {
            double to = from + value;
            String text = xText.apply(to - from);
            double width = x.position(to) - x.position(from);
            if (isTold(text, width)) {
                svg.text(text, x.position(from) + width / 2, top + BAR_TOP + BAR_HEIGHT + 12, "tick middle");
            }
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
