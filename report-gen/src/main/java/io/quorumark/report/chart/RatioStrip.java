package io.quorumark.report.chart;

import static io.quorumark.report.chart.Svg.number;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Ratios against a reference with their intervals, one drawing a row of a table, all on one logarithmic axis, over the band within which
 * two engines count as equivalent.
 *
 * @param equivalenceBand such as 0.05
 * @param marks of all rows together
 */
public record RatioStrip(double equivalenceBand, List<Mark> marks) {
    private static final int WIDTH = 220;
    private static final int HEIGHT = 28;
    private static final int HEAD_HEIGHT = 18;
    private static final double MARGIN = 14;
    private static final double LEAST_SHOWN = 0.9;
    private static final double MOST_SHOWN = 1.1;

    public RatioStrip {
        marks = List.copyOf(marks);
    }

    /**
     * @param name of the engine
     * @param slot its colour and shape
     * @param ratio the estimate
     * @param low of the interval; {@code NaN} if none is supported
     * @param high of the interval; {@code NaN} if none is supported
     * @param text for those who do not see it
     */
    public record Mark(String name, int slot, double ratio, double low, double high, String text) {
        private double least() {
            return Double.isFinite(low) ? Math.min(low, ratio) : ratio;
        }

        private double most() {
            return Double.isFinite(high) ? Math.max(high, ratio) : ratio;
        }
    }

    /** The axis, for the head of the column. */
    public String axis(DoubleFunction<String> ratioText) {
        Svg svg = new Svg(new ChartSize(WIDTH, HEAD_HEIGHT, "strip"), "");
        Scale x = scale();
        double free = Double.NEGATIVE_INFINITY;
        for (double tick : x.ticks()) {
            double half = ratioText.apply(tick).length() * Frame.CHARACTER_WIDTH / 2;
            double at = Math.max(half, Math.min(WIDTH - half, x.position(tick)));
            if (at - half >= free) {
                svg.text(ratioText.apply(tick), at, HEAD_HEIGHT - 5, "tick middle");
                free = at + half + 6;
            }
        }
        return svg.finish();
    }

    /** One row's drawing. */
    public String svg(Mark mark) {
        Svg svg = new Svg(new ChartSize(WIDTH, HEIGHT, "strip"), mark.name() + ": " + mark.text());
        Scale x = scale();
        double bandFrom = x.position(1 / (1 + equivalenceBand));
        String bandTo = number(x.position(1 + equivalenceBand));
        svg.empty(
                "path",
                "class",
                "equivalence",
                "d",
                "M" + number(bandFrom) + " 0H" + bandTo + "V" + HEIGHT + "H" + number(bandFrom) + "z");
        svg.empty("path", "class", "unity", "d", "M" + number(x.position(1)) + " 0V" + HEIGHT);
        svg.open("g", "class", "series " + Series.cssClass(mark.slot()));
        double y = HEIGHT / 2.0;
        if (Double.isFinite(mark.low()) && Double.isFinite(mark.high())) {
            String low = number(x.position(mark.low()));
            String high = number(x.position(mark.high()));
            svg.empty(
                    "path",
                    "class",
                    "interval",
                    "d",
                    "M" + low + " " + number(y) + "H" + high + "M" + low + " " + number(y - 5) + "v10M" + high + " "
                            + number(y - 5) + "v10");
        }
        svg.empty("path", "d", Marker.path(mark.slot(), x.position(mark.ratio()), y, 5), "class", "marker");
        svg.close();
        return svg.finish();
    }

    private Scale scale() {
        double least = marks.stream().mapToDouble(Mark::least).min().orElse(1);
        double most = marks.stream().mapToDouble(Mark::most).max().orElse(1);
        return Scale.logarithmic(Math.min(least, LEAST_SHOWN), Math.max(most, MOST_SHOWN), MARGIN, WIDTH - MARGIN);
    }
}
