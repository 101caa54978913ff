package io.quorumark.report.chart;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Lines with a band from the smallest to the largest trial, labelled at their right ends.
 *
 * @param label accessible name
 * @param xTitle of the horizontal axis
 * @param yTitle of the vertical axis
 * @param xAxis kind of the horizontal axis
 * @param yAxis kind of the vertical axis
 * @param markers whether points get a shape with their value on hover
 * @param xText of ticks and points
 * @param yText of ticks and points
 * @param series what is drawn
 */
public record LineChart(
        String label,
        String xTitle,
        String yTitle,
        Axis xAxis,
        Axis yAxis,
        boolean markers,
        DoubleFunction<String> xText,
        DoubleFunction<String> yText,
        List<Series> series) {

    public enum Axis {
        /** Evenly spaced, as far as the data go. */
        LINEAR,
        /** Evenly spaced, as far as the data go, with ticks at whole numbers alone: for what is counted. */
        WHOLE,
        /** Evenly spaced, zero included. */
        FROM_ZERO,
        /** Powers of ten evenly spaced. */
        LOGARITHMIC,
        /** Each further nine evenly spaced. */
        PERCENTILE
    }

    public LineChart {
        series = series.stream().filter(s -> !s.points().isEmpty()).toList();
    }

    public boolean isEmpty() {
        return series.isEmpty();
    }

    /** @param id unique in the document */
    public Drawings drawings(String id, ChartSize wide) {
        Plot plot = new Plot(Svg.initials(id), series, Domain.of(xAxis, series, false), Domain.of(yAxis, series, true));
        return new Drawings(svg(plot, wide, true), svg(plot, ChartSize.NARROW, false));
    }

    private String svg(Plot plot, ChartSize size, boolean first) {
        Frame frame = Frame.of(size, plot.longestName());
        Svg svg = new Svg(size, label);
        frame.drawY(svg, plot.y(frame), yText, yTitle);
        frame.drawX(svg, plot.x(frame), xText, xTitle);
        plot.drawLines(svg, frame, first, List.of());
        plot.drawLabels(svg, frame, size, markers ? new Plot.Points(first, xText, yText) : null);
        return svg.finish();
    }
}
