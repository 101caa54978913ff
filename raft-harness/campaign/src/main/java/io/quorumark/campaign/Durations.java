package io.quorumark.campaign;

import java.time.Duration;
import java.util.Locale;

/** Durations as people say them. */
public final class Durations {
    private Durations() {}

    /** {@code 42 s to 2 min 05 s}, or one of them if they read the same. */
    public static String text(Duration least, Duration most) {
        String from = text(least);
        String to = text(most);
        return from.equals(to) ? from : from + " to " + to;
    }

    /** {@code 42 s}, {@code 2 min 05 s} or {@code 3 h 20 min}. */
    public static String text(Duration duration) {
        long seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }
}
