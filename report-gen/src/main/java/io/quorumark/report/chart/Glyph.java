package io.quorumark.report.chart;

/** The shape of a mark in a time series, in the colour of its family: told apart without colour, and grouped by it. */
public enum Glyph {
    CIRCLE("o", "g0", "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z"),
    SQUARE("s", "g0", "M-4-4h8v8h-8z"),
    DIAMOND("d", "g1", "M0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z"),
    DOWN("v", "g1", "M-5-4h10l-5 9z"),
    FLAG("f", "g1", "M-4-6h1.6l6.6 3.5l-6.6 3.5v5h-1.6z"),
    PENTAGON("p", "g1", "M0-5.5l5.2 3.8l-2 6.1h-6.4l-2-6.1z"),
    CHEVRON("c", "g1", "M-5-1l5-4.5l5 4.5v4.5l-5-4.5l-5 4.5z"),
    UP("u", "g2", "M-5 4h10l-5-9z"),
    BAR("b", "g2", "M-1.8-6h3.6v12h-3.6z"),
    CROSS("x", "g2", "M-1.5-5.5h3v4h4v3h-4v4h-3v-4h-4v-3h4z"),
    HOURGLASS("h", "g2", "M-5-5.5h10l-4 5.5l4 5.5h-10l4-5.5z"),
    RING("r", "g3", "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0zM-2.4 0a2.4 2.4 0 1 1 4.8 0a2.4 2.4 0 1 1-4.8 0z");

    private final String letter;
    private final String family;
    private final String path;

    Glyph(String letter, String family, String path) {
        this.letter = letter;
        this.family = family;
        this.path = path;
    }

    /** For legends, without a name of its own: the words stand beside it. */
    public String key() {
        return "<svg class=\"key\" viewBox=\"-7 -7 14 14\" aria-hidden=\"true\"><path class=\"" + cssClass() + "\" d=\""
                + path + "\"/></svg>";
    }

    /** Unlike all others', and short, for ids. */
    String letter() {
        return letter;
    }

    String cssClass() {
        return "glyph " + family;
    }

    /** Around the origin. */
    String path() {
        return path;
    }
}
