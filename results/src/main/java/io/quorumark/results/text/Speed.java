package io.quorumark.results.text;

import java.util.Locale;

/** A ratio of two durations in words that say which way it goes: "4.0 % faster", "2.9 times slower". */
public final class Speed {
    private Speed() {}

    /** @param ratio of the time that something took to the time that it is held against, above 0 */
    public static String of(double ratio) {
        if (ratio >= 2) {
            return String.format(Locale.ROOT, "%.1f times slower", ratio);
        }
        if (ratio <= 0.5) {
            return String.format(Locale.ROOT, "%.1f times faster", 1 / ratio);
        }
        return ratio >= 1
                ? String.format(Locale.ROOT, "%.1f %% slower", 100 * (ratio - 1))
                : String.format(Locale.ROOT, "%.1f %% faster", 100 * (1 - ratio));
    }
}
