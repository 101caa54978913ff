package io.quorumark.report.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * Every trial as a point in the order they ran: drift and outliers show, whatever engine they hit.
 *
 * @param label accessible name
 * @param yTitle of the vertical axis
 * @param yText of ticks
 * @param dots in the order they ran
 */
public record RunOrderChart(String label, String yTitle, DoubleFunction<String> yText, List<Dot> dots) {

    public RunOrderChart {
        dots = List.copyOf(dots);
    }

    /**
     * @param name of the engine
     * @param slot its colour and shape
     * @param block 0-based
     * @param value such as throughput over the cell's median; {@code NaN} if the trial has none
     * @param counts false draws it hollow
     * @param text shown on hover: what ran, its value, and why it does not count
     */
    public record Dot(String name, int slot, int block, double value, boolean counts, String text) {}

    public boolean isEmpty() {
        return dots.isEmpty();
    }

    /** @param id unique in the document */
    public Drawings drawings(String id) {
        String shapes = Svg.initials(id);
        return new Drawings(svg(shapes, ChartSize.FULL, true), svg(shapes, ChartSize.NARROW, false));
    }

    private String svg(String id, ChartSize size, boolean first) {
        Frame frame = new Frame(56, 40, size.width() - 12.0, size.height() - 28.0);
        double[] values =
                dots.stream().mapToDouble(Dot::value).filter(Double::isFinite).toArray();
        double min = java.util.Arrays.stream(values).min().orElse(1);
        double max = java.util.Arrays.stream(values).max().orElse(1);
        Scale y = Scale.linear(Math.min(min, 0.95), Math.max(max, 1.05), frame.bottom(), frame.top());
        double step = (frame.right() - frame.left()) / dots.size();
        Svg svg = new Svg(size, label);
        drawBlocks(svg, frame, step);
        svg.text(yTitle, 2, 13, "axis-title");
        for (double tick : y.ticks()) {
            svg.line(frame.left(), y.position(tick), frame.right(), y.position(tick), tick == 1 ? "unity" : "grid");
            svg.text(yText.apply(tick), frame.left() - 6, y.position(tick) + 4, "tick end");
        }
        svg.text(
                "order in which the trials ran",
                (frame.left() + frame.right()) / 2,
                size.height() - 8.0,
                "axis-title middle");
        drawDots(svg, id, frame, step, y, first);
        return svg.finish();
    }

    /** A group for each engine; the shapes are those of the first drawing, and only it tells each dot's text. */
    private void drawDots(Svg svg, String id, Frame frame, double step, Scale y, boolean first) {
        Map<Series, List<Integer>> byEngine = new LinkedHashMap<>();
        for (int i = 0; i < dots.size(); i++) {
            Series engine = new Series(dots.get(i).name(), dots.get(i).slot(), List.of());
            byEngine.computeIfAbsent(engine, each -> new ArrayList<>()).add(i);
        }
        if (first) {
            double radius = Math.max(2, Math.min(5, step * 0.4));
            svg.open("defs");
            byEngine.keySet().stream()
                    .map(Series::slot)
                    .distinct()
                    .forEach(slot -> svg.empty(
                            "path", "id", id + "-m" + slot, "class", "marker", "d", Marker.path(slot, 0, 0, radius)));
            svg.close();
        }
        byEngine.forEach((engine, ofEngine) -> {
            Plot.openSeries(svg, engine);
            for (int i : ofEngine) {
                Dot dot = dots.get(i);
                svg.use(
                        id + "-m" + dot.slot(),
                        frame.left() + (i + 0.5) * step,
                        Double.isFinite(dot.value()) ? y.position(dot.value()) : frame.bottom() - 5,
                        dot.counts() ? "" : "hollow",
                        first ? dot.text() : "");
            }
            svg.close();
        });
    }

    private void drawBlocks(Svg svg, Frame frame, double step) {
        int from = 0;
        List<Integer> ends = new ArrayList<>();
        for (int i = 1; i <= dots.size(); i++) {
            if (i == dots.size() || dots.get(i).block() != dots.get(i - 1).block()) {
                ends.add(i);
            }
        }
        for (int end : ends) {
            int block = dots.get(from).block();
            double x = frame.left() + from * step;
            double width = (end - from) * step;
            if (block % 2 == 0) {
                svg.rect(x, frame.top() - 16, width, frame.bottom() - frame.top() + 16, "block");
            }
            if (width >= 52) {
                svg.text("block " + (block + 1), x + width / 2, frame.top() - 4, "tick middle");
            } else if (width >= 14) {
                svg.text(String.valueOf(block + 1), x + width / 2, frame.top() - 4, "tick middle");
            }
            from = end;
        }
    }
}
