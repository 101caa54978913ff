package io.quorumark.report.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/**
 * Several series over one axis of time, one panel below the other, and below them a lane of marks for each line. The longest of a lane's
 * marks are drawn through all panels, so that a dip and what coincided with it stand on one line.
 *
 * @param label accessible name
 * @param xTitle of the axis of time
 * @param laneTitle above the lanes
 * @param seconds that the axis goes to, from 0
 * @param panels from top to bottom; those without a line are left out
 * @param lanes from top to bottom; those without a mark are left out
 */
public record TimeChart(
        String label, String xTitle, String laneTitle, double seconds, List<Panel> panels, List<Lane> lanes) {
    /** So many marks of a lane go through all panels: with more, the lines are hard to see. */
    private static final int MOST_ACROSS = 3;

    private static final double TITLE_HEIGHT = 26;
    private static final double PANEL_GAP = 14;
    private static final double LANE_HEIGHT = 18;
    private static final double AXIS_HEIGHT = 42;

    /**
     * @param yTitle what it shows, with its unit
     * @param yAxis kind of its axis
     * @param yText of its ticks
     * @param labelled whether names stand at the ends of its lines: not if these end on top of each other
     * @param series lines, by second
     */
    public record Panel(
            String yTitle, LineChart.Axis yAxis, DoubleFunction<String> yText, boolean labelled, List<Series> series) {
        public Panel {
            series = series.stream().filter(line -> !line.points().isEmpty()).toList();
        }
    }

    /**
     * @param name of its line
     * @param slot its colour and shape
     * @param marks the most important first
     */
    public record Lane(String name, int slot, List<Mark> marks) {
        public Lane {
            marks = List.copyOf(marks);
        }

        private Series asSeries() {
            return new Series(name, slot, List.of());
        }
    }

    /**
     * @param second from the beginning of the axis
     * @param glyph its shape
     */
    public record Mark(double second, Glyph glyph) {}

    public TimeChart {
        panels = panels.stream().filter(panel -> !panel.series().isEmpty()).toList();
        lanes = lanes.stream().filter(lane -> !lane.marks().isEmpty()).toList();
    }

    public boolean isEmpty() {
        return panels.isEmpty();
    }

    /** @param id unique in the document */
    public Drawings drawings(String id) {
        String shapes = Svg.initials(id);
        return new Drawings(svg(shapes, ChartSize.FULL, true), svg(shapes, ChartSize.NARROW, false));
    }

    private String svg(String id, ChartSize requested, boolean first) {
        double panelHeight = requested.isNarrow() ? 130 : 140;
        double lanesTop = lanes.isEmpty() ? 0 : PANEL_GAP + TITLE_HEIGHT;
        double lanesHeight = lanesTop + lanes.size() * LANE_HEIGHT;
        ChartSize size = requested.withHeight((int)
                (panels.size() * (TITLE_HEIGHT + panelHeight + PANEL_GAP) - PANEL_GAP + lanesHeight + AXIS_HEIGHT));
        Frame sides = Frame.of(size, longestName());
        Svg svg = new Svg(size, label);
        double top = 0;
        for (int i = 0; i < panels.size(); i++) {
            Frame frame = sides.withHeight(top + TITLE_HEIGHT, top + TITLE_HEIGHT + panelHeight);
            draw(svg, panels.get(i), id + (char) ('a' + i), frame, size, first);
            top = frame.bottom() + PANEL_GAP;
        }
        Frame lane = sides.withHeight(top - PANEL_GAP + lanesTop, top - PANEL_GAP + lanesHeight);
        if (!lanes.isEmpty()) {
            drawLanes(svg, lane, size);
        }
        Scale x = time().between(lane.left(), lane.right());
        // what a script needs to draw the axis for another window of time
        svg.open(
                "g",
                "class",
                "time",
                "data-seconds",
                seconds,
                "data-left",
                lane.left(),
                "data-right",
                lane.right(),
                "data-bottom",
                lane.bottom());
        lane.drawX(svg, x, Svg::number, xTitle);
        svg.close();
        return svg.finish();
    }

    private void draw(Svg svg, Panel panel, String id, Frame frame, ChartSize size, boolean first) {
        Plot plot = new Plot(id, panel.series(), time(), Domain.of(panel.yAxis(), panel.series(), true));
        frame.drawY(svg, plot.y(frame), panel.yText(), panel.yTitle());
        svg.line(frame.left(), frame.bottom(), frame.right(), frame.bottom(), "axis");
        plot.drawLines(
                svg, frame, first, panel.series().stream().map(this::across).toList());
        if (panel.labelled()) {
            plot.drawLabels(svg, frame, size, null);
        }
    }

    /** The first marks of a line's lane, from top to bottom of a plot. */
    private String across(Series line) {
        Scale x = time().between(0, Space.WIDTH);
        StringBuilder path = new StringBuilder();
        lanes.stream()
                .filter(lane -> lane.name().equals(line.name()))
                .flatMap(lane -> lane.marks().stream().limit(MOST_ACROSS))
                .forEach(mark -> path.append('M')
                        .append(Math.round(x.position(mark.second())))
                        .append(" 0v")
                        .append(Plot.HEIGHT));
        return path.toString();
    }

    private void drawLanes(Svg svg, Frame frame, ChartSize size) {
        svg.text(laneTitle, 2, frame.top() - 13, "axis-title");
        Scale x = time().between(frame.left(), frame.right());
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            double y = frame.top() + (i + 0.5) * LANE_HEIGHT;
            Plot.openSeries(svg, lane.asSeries());
            svg.line(frame.left(), y, frame.right(), y, "grid");
            svg.use(Shapes.marker(lane.slot()), frame.right() + 14, y, "", "");
            svg.text(Frame.shortened(lane.name(), size), frame.right() + 21, y + 4, "label");
            // the most important on top
            List<Mark> marks = new ArrayList<>(lane.marks());
            Collections.reverse(marks);
            svg.open("g", "class", "lane", "transform", "translate(0 " + Svg.number(y) + ")");
            for (Mark mark : marks) {
                svg.use(Shapes.glyph(mark.glyph()), x.position(mark.second()));
            }
            svg.close();
            svg.close();
        }
    }

    private Domain time() {
        return Domain.tight(0, seconds, true);
    }

    private int longestName() {
        return Stream.concat(
                        panels.stream()
                                .flatMap(panel -> panel.series().stream())
                                .map(Series::name),
                        lanes.stream().map(Lane::name))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }
}
