package io.quorumark.report.chart;

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

    /** So many characters of a label find room at the right. */
    static int labelRoom(ChartSize size) {
        return (int) ((size.width() * MOST_FOR_LABELS - LABEL_START) / CHARACTER_WIDTH);
    }

    /** @param labelCharacters room at the right for labels of this length */
    static Frame of(ChartSize size, int labelCharacters) {
        double labels = labelCharacters == 0
                ? 12
                : Math.min(size.width() * MOST_FOR_LABELS, LABEL_START + labelCharacters * CHARACTER_WIDTH);
        return new Frame(size.isNarrow() ? 50 : 56, 26, size.width() - labels, size.height() - 42);
    }

    void drawAxes(
            Svg svg,
            Scale x,
            Scale y,
            DoubleFunction<String> xText,
            DoubleFunction<String> yText,
            String xTitle,
            String yTitle) {
        svg.text(yTitle, 2, 13, "axis-title");
        svg.text(xTitle, (left + right) / 2, bottom + 36, "axis-title middle");
        String below = "";
        for (double tick : y.ticks()) {
            double at = y.position(tick);
            svg.line(left, at, right, at, "grid");
            // a text that says the same as its neighbour would make one of them wrong
            if (!yText.apply(tick).equals(below)) {
                below = yText.apply(tick);
                svg.text(below, left - 6, at + 4, "tick end");
            }
        }
        for (double tick : fitting(x, xText)) {
            double at = x.position(tick);
            svg.line(at, bottom, at, bottom + 4, "tick-mark");
            svg.text(xText.apply(tick), at, bottom + 17, "tick middle");
        }
        svg.line(left, bottom, right, bottom, "axis");
    }

    /** Those ticks whose texts leave a gap to their neighbour's; where two collide, the right one goes. */
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
