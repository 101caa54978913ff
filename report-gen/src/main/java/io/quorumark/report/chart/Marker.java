package io.quorumark.report.chart;

import static io.quorumark.report.chart.Svg.number;

/** The shape of a series' points: tells series apart in black and white. */
final class Marker {

    private Marker() {}

    /** A path around this centre. */
    static String path(int slot, double x, double y, double radius) {
        double r = radius;
        return switch (slot % Series.SLOTS) {
            case 0 -> circle(x, y, r);
            case 1 -> polygon(x, y, -r * 0.9, -r * 0.9, r * 0.9, -r * 0.9, r * 0.9, r * 0.9, -r * 0.9, r * 0.9);
            case 2 -> polygon(x, y, 0, -r * 1.2, r * 1.1, r * 0.8, -r * 1.1, r * 0.8);
            case 3 -> polygon(x, y, 0, -r * 1.25, r * 1.25, 0, 0, r * 1.25, -r * 1.25, 0);
            case 4 -> polygon(x, y, 0, r * 1.2, r * 1.1, -r * 0.8, -r * 1.1, -r * 0.8);
            case 5 -> polygon(x, y, -r * 1.1, -r * 0.5, r * 1.1, -r * 0.5, r * 1.1, r * 0.5, -r * 1.1, r * 0.5);
            case 6 -> polygon(x, y, -r, 0, -r / 2, -r * 0.9, r / 2, -r * 0.9, r, 0, r / 2, r * 0.9, -r / 2, r * 0.9);
            default -> polygon(x, y, -r * 0.5, -r * 1.1, r * 0.5, -r * 1.1, r * 0.5, r * 1.1, -r * 0.5, r * 1.1);
        };
    }

    private static String circle(double x, double y, double r) {
        String radius = number(r);
        String diameter = number(2 * r);
        return "M" + number(x - r) + " " + number(y) + "a" + radius + " " + radius + " 0 1 0 " + diameter + " 0a"
                + radius + " " + radius + " 0 1 0 -" + diameter + " 0z";
    }

    private static String polygon(double x, double y, double... offsets) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < offsets.length; i += 2) {
            path.append(i == 0 ? 'M' : 'L')
                    .append(number(x + offsets[i]))
                    .append(' ')
                    .append(number(y + offsets[i + 1]));
        }
        return path.append('z').toString();
    }
}
