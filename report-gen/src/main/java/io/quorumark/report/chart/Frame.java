package io.quorumark.report.chart;

import static io.quorumark.report.chart.Svg.number;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The rectangle that data are drawn in, with axes around it.
 *
 * @param left pixels
 * @param top pixels
 * @param right pixels
 * @param bottom pixels
 */
record Frame(double left, double top, double right, double bottom) {

    static final double CHARACTER_WIDTH = 6.6;
    private static final double MOST_FOR_LABELS = 0.4;
    private static final double LABEL_START = 28;

    /** So many characters of a label find room at the right. On telephones a line ends in its shape alone: the legend has the name. */
    static int labelRoom(ChartSize size) {
        return size.isNarrow() ? 0 : (int) ((size.width() * MOST_FOR_LABELS - LABEL_START) / CHARACTER_WIDTH);
    }

    /** @param labelCharacters room at the right for labels of this length; 0 for none, and no shapes either */
    static Frame of(ChartSize size, int labelCharacters) {
        double labels =
                labelCharacters == 0 ? 12 : LABEL_START + Math.min(labelCharacters, labelRoom(size)) * CHARACTER_WIDTH;
        return new Frame(size.isNarrow() ? 50 : 56, 26, size.width() - labels, size.height() - 42);
    }

    /** The same sides between another top and bottom. */
    Frame withHeight(double newTop, double newBottom) {
        return new Frame(left, newTop, right, newBottom);
    }

    /** As much of a name as finds room at the right. */
    static String shortened(String name, ChartSize size) {
        return shortened(name, labelRoom(size));
    }

    /** As many characters of a name as there is room for, with an ellipsis if some are missing. */
    static String shortened(String name, int room) {
        if (room <= 0) {
            return "";
        }
        return name.length() <= room ? name : name.substring(0, room - 1).strip() + "…";
    }

    /** The vertical axis, its title and a line across for each tick. */
    void drawY(Svg svg, Scale y, DoubleFunction<String> text, String title) {
        svg.text(title, 2, top - 13, "axis-title");
        StringBuilder grid = new StringBuilder();
        String below = "";
        for (double tick : y.ticks()) {
            double at = y.position(tick);
            grid.append('M')
                    .append(number(left))
                    .append(' ')
                    .append(number(at))
                    .append('H')
                    .append(number(right));
            // a text that says the same as its neighbour would make one of them wrong
            if (!text.apply(tick).equals(below)) {
                below = text.apply(tick);
                svg.text(below, left - 6, at + 4, "tick end");
            }
        }
        svg.empty("path", "class", "grid", "d", grid);
    }

    /** The horizontal axis with its title. */
    void drawX(Svg svg, Scale x, DoubleFunction<String> text, String title) {
        svg.text(title, (left + right) / 2, bottom + 36, "axis-title middle");
        StringBuilder marks = new StringBuilder();
        for (double tick : fitting(x, text)) {
            double at = x.position(tick);
            marks.append('M')
                    .append(number(at))
                    .append(' ')
                    .append(number(bottom))
                    .append("v4");
            svg.text(text.apply(tick), at, bottom + 17, "tick middle");
        }
        svg.empty("path", "class", "tick-mark", "d", marks);
        svg.line(left, bottom, right, bottom, "axis");
    }

    /** Those ticks whose texts leave a gap to their neighbour's; if two collide, the right one goes. */
    private static List<Double> fitting(Scale x, DoubleFunction<String> xText) {
        double[] free = {Double.NEGATIVE_INFINITY};
        return x.ticks().stream()
                .filter(tick -> {
                    double half = xText.apply(tick).length() * CHARACTER_WIDTH / 2;
                    boolean fits = x.position(tick) - half >= free[0];
                    if (fits) {
                        free[0] = x.position(tick) + half + 6;
                    }
                    return fits;
                })
                .toList();
    }
}
