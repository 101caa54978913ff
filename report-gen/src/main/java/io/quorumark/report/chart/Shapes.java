package io.quorumark.report.chart;

/** The shapes of points and marks, which a page with charts draws once: all of its charts point to them. */
public final class Shapes {
    private static final double MARKER_RADIUS = 3.6;

    private Shapes() {}

    /** For the page, unseen; before its charts. */
    public static String svg() {
        StringBuilder shapes = new StringBuilder("<svg class=\"shapes\" aria-hidden=\"true\"><defs>");
        for (int slot = 0; slot < Series.SLOTS; slot++) {
            define(shapes, marker(slot), "marker", Marker.path(slot, 0, 0, MARKER_RADIUS));
        }
        for (Glyph glyph : Glyph.values()) {
            define(shapes, glyph(glyph), glyph.cssClass(), glyph.path());
        }
        return shapes.append("</defs></svg>").toString();
    }

    private static void define(StringBuilder shapes, String id, String cssClass, String path) {
        shapes.append("<path id=\"")
                .append(id)
                .append("\" class=\"")
                .append(cssClass)
                .append("\" d=\"")
                .append(path)
                .append("\"/>");
    }

    /** The id of a line's shape. */
    static String marker(int slot) {
        return "m" + slot % Series.SLOTS;
    }

    /** The id of a mark. */
    static String glyph(Glyph glyph) {
        return "g" + glyph.letter();
    }
}
