package io.quorumark.report.chart;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One figure over several campaigns as a small line without axes, with a point for each and a larger one for the last. Whoever shows it
 * says in words what it goes from and to.
 *
 * @param label accessible name, with the values
 * @param values in the order of time; those that are not finite are left out
 * @param slot its colour and shape
 */
public record Sparkline(String label, List<Double> values, int slot) {
    private static final int WIDTH = 180;
    private static final int HEIGHT = 36;
    private static final double MARGIN = 6;

    public Sparkline {
        values = values.stream().filter(Double::isFinite).toList();
    }

    public String svg() {
        double min = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double max = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        Scale x = new Scale.Of(List.of(), 0, Math.max(1, values.size() - 1), MARGIN, WIDTH - MARGIN);
        Scale y = max > min
                ? new Scale.Of(List.of(), min, max, HEIGHT - MARGIN, MARGIN)
                : new Scale.Of(List.of(), min - 1, min + 1, HEIGHT - MARGIN, MARGIN);
        RelativePath line = new RelativePath();
        IntStream.range(0, values.size()).forEach(i -> line.to(x.position(i), y.position(values.get(i))));
        Svg svg = new Svg(new ChartSize(WIDTH, HEIGHT, "spark"), label);
        svg.open("g", "class", "series " + Series.cssClass(slot));
        svg.empty("path", "class", "line", "d", line.open());
        for (int i = 0; i < values.size(); i++) {
            boolean last = i == values.size() - 1;
            svg.empty(
                    "path",
                    "class",
                    "marker",
                    "d",
                    Marker.path(slot, x.position(i), y.position(values.get(i)), last ? 4.5 : 2));
        }
        svg.close();
        return svg.finish();
    }
}
