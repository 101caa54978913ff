package io.quorumark.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places labels beside the ends of lines, as near to them as can be without covering each other. */
final class LabelColumn {

    private LabelColumn() {}

    /**
     * @param wanted where each label would like to be
     * @param spacing least distance between two
     * @param top highest place allowed
     * @param bottom lowest place allowed
     * @return a place for each, in the same order
     */
    static double[] place(double[] wanted, double spacing, double top, double bottom) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> wanted[i]));
        double[] placed = wanted.clone();
        double next = top;
        for (int i : order) {
            placed[i] = Math.max(wanted[i], next);
            next = placed[i] + spacing;
        }
        double limit = bottom;
        for (int at = order.size() - 1; at >= 0; at--) {
            int i = order.get(at);
            placed[i] = Math.min(placed[i], limit);
            limit = placed[i] - spacing;
        }
        return placed;
    }
}
