package io.quorumark.report.chart;

/**
 * The data of an SVG path in whole numbers, each point relative to the one before: as few bytes as lines of many points can have. Points
 * are rounded before they are subtracted, so that no error adds up.
 */
final class RelativePath {
    private final StringBuilder text = new StringBuilder();
    private long x;
    private long y;
    private boolean isLine;

    /** The next point. */
    RelativePath to(double nextX, double nextY) {
        long atX = Math.round(nextX);
        long atY = Math.round(nextY);
        if (text.isEmpty()) {
            text.append('M').append(atX);
            append(atY);
        } else {
            if (!isLine) {
                text.append('l').append(atX - x);
                isLine = true;
            } else {
                append(atX - x);
            }
            append(atY - y);
        }
        x = atX;
        y = atY;
        return this;
    }

    String open() {
        return text.toString();
    }

    String closed() {
        return text + "z";
    }

    /** A sign parts two numbers as well as a blank does. */
    private void append(long number) {
        text.append(number < 0 ? "" : " ").append(number);
    }
}
