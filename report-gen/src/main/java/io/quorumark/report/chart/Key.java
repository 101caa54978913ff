package io.quorumark.report.chart;

/** The shape and colour of a series alone, for legends and tables. */
public final class Key {

    private Key() {}

    /** Hidden from assistive technology: the name stands beside it. */
    public static String svg(int slot) {
        return "<svg class=\"key " + Series.cssClass(slot)
                + "\" viewBox=\"0 0 12 12\" aria-hidden=\"true\"><path class=\"marker\" d=\""
                + Marker.path(slot, 6, 6, 5) + "\"/></svg>";
    }
}
