package io.quorumark.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * What all sizes of a chart show alike, drawn once in whole numbers of a space of its own: every size stretches that space to its frame.
 *
 * @param id unique in the document
 * @param height of the space
 */
record Space(String id, int height) {
    /** Of every space, and so of every window into it. */
    static final int WIDTH = 2_000;

    /**
     * The space as it fills a frame.
     *
     * @param cssClass empty for none
     * @param first whether this is the drawing that has the content; the others point to it
     * @param content draws it
     */
    void draw(Svg svg, Frame frame, String cssClass, boolean first, Runnable content) {
        List<Object> attributes = new ArrayList<>(cssClass.isEmpty() ? List.of() : List.of("class", cssClass));
        attributes.addAll(List.of(
                "x",
                frame.left(),
                "y",
                frame.top(),
                "width",
                frame.right() - frame.left(),
                "height",
                frame.bottom() - frame.top(),
                "viewBox",
                "0 0 " + WIDTH + " " + height,
                "preserveAspectRatio",
                "none"));
        svg.open("svg", attributes.toArray());
        if (first) {
            svg.open("g", "id", id);
            content.run();
            svg.close();
        } else {
            svg.empty("use", "href", "#" + id);
        }
        svg.close();
    }
}
