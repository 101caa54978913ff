package io.quorumark.report.chart;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Ratios against a reference with their intervals, on a logarithmic axis, over the band within which two engines count as equivalent.
 *
 * @param label accessible name
 * @param xTitle what a ratio above one means
 * @param equivalenceBand such as 0.05
 * @param ratioText of ticks
 * @param rows from top to bottom
 */
public record ForestChart(
        String label, String xTitle, double equivalenceBand, DoubleFunction<String> ratioText, List<Row> rows) {

    private static final int ROW_HEIGHT = 40;

    public ForestChart {
        rows = List.copyOf(rows);
    }

    /**
     * @param name of the engine
     * @param slot its colour
     * @param ratio the estimate
     * @param low of the interval; {@code NaN} if none is supported
     * @param high of the interval; {@code NaN} if none is supported
     * @param text beside the interval: the figures and the verdict
     */
    public record Row(String name, int slot, double ratio, double low, double high, String text) {}

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public String svg(ChartSize requested) {
        ChartSize size = requested.withHeight(74 + rows.size() * ROW_HEIGHT);
        Frame frame = new Frame(14, 10, size.width() - 14, size.height() - 44.0);
        Scale x = Scale.logarithmic(Math.min(least(), 0.9), Math.max(most(), 1.1), frame.left(), frame.right());
        Svg svg = new Svg(size, label);
        double bandFrom = x.position(1 / (1 + equivalenceBand));
        svg.rect(
                bandFrom,
                frame.top(),
                x.position(1 + equivalenceBand) - bandFrom,
                frame.bottom() - frame.top(),
                "equivalence");
        for (double tick : x.ticks()) {
            svg.line(x.position(tick), frame.top(), x.position(tick), frame.bottom(), tick == 1 ? "unity" : "grid");
            svg.text(ratioText.apply(tick), x.position(tick), frame.bottom() + 17, "tick middle");
        }
        svg.line(frame.left(), frame.bottom(), frame.right(), frame.bottom(), "axis");
        svg.text(xTitle, (frame.left() + frame.right()) / 2, frame.bottom() + 36, "axis-title middle");
        for (int i = 0; i < rows.size(); i++) {
            drawRow(svg, rows.get(i), frame, x, frame.top() + (i + 0.5) * ROW_HEIGHT + 4);
        }
        return svg.finish();
    }

    private static void drawRow(Svg svg, Row row, Frame frame, Scale x, double y) {
        svg.open("g", "class", "series " + Series.cssClass(row.slot()), "data-series", row.name());
        svg.text(row.name() + "  " + row.text(), frame.left() + 2, y - 9, "label halo");
        if (Double.isFinite(row.low()) && Double.isFinite(row.high())) {
            svg.line(x.position(row.low()), y + 6, x.position(row.high()), y + 6, "interval");
            svg.line(x.position(row.low()), y + 1, x.position(row.low()), y + 11, "interval");
            svg.line(x.position(row.high()), y + 1, x.position(row.high()), y + 11, "interval");
        }
        svg.open("path", "d", Marker.path(row.slot(), x.position(row.ratio()), y + 6, 4.6), "class", "marker");
        svg.title(row.name() + ": " + row.text());
        svg.close();
        svg.close();
    }

    private double least() {
        return rows.stream()
                .mapToDouble(r -> Double.isFinite(r.low()) ? Math.min(r.low(), r.ratio()) : r.ratio())
                .min()
                .orElse(1);
    }

    private double most() {
        return rows.stream()
                .mapToDouble(r -> Double.isFinite(r.high()) ? Math.max(r.high(), r.ratio()) : r.ratio())
                .max()
                .orElse(1);
    }
}
