package io.quorumark.report.chart;

/**
 * Every chart is drawn twice, and the style sheet shows the one that fits: text keeps its size on a telephone.
 *
 * @param width in CSS pixels
 * @param height in CSS pixels
 * @param cssClass that the style sheet shows or hides
 */
public record ChartSize(int width, int height, String cssClass) {

    public static final ChartSize WIDE = new ChartSize(580, 320, "wide");
    public static final ChartSize NARROW = new ChartSize(350, 300, "narrow");
    public static final ChartSize FULL = new ChartSize(1180, 320, "wide");

    ChartSize withHeight(int newHeight) {
        return new ChartSize(width, newHeight, cssClass);
    }

    boolean isNarrow() {
        return width < 400;
    }
}
