package io.quorumark.report.chart;

import java.util.List;

/**
 * One line of a chart.
 *
 * @param name its direct label
 * @param slot its colour and shape, 0 to 7: the same for an engine all over a document
 * @param points in order of {@code x}
 */
public record Series(String name, int slot, List<Point> points) {

    /** How many colours and shapes there are; later slots start again. */
    public static final int SLOTS = 8;

    public Series {
        points = List.copyOf(points);
    }

    String cssClass() {
        return cssClass(slot);
    }

    static String cssClass(int slot) {
        return "s" + slot % SLOTS;
    }

    /**
     * @param x of the horizontal axis
     * @param y the median over trials
     * @param low the smallest of all trials
     * @param high the largest of all trials
     */
    public record Point(double x, double y, double low, double high) {}
}
