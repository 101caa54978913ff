package io.quorumark.results.text;

import java.util.Locale;

/** A number with its noun in the right form: "1 round", "12,000 rounds". */
public final class Plural {
    private Plural() {}

    /** With a noun whose plural ends in s. */
    public static String of(long count, String noun) {
        return of(count, noun, noun + "s");
    }

    /** The noun alone, for a number that is written otherwise. */
    public static String noun(long count, String noun) {
        return count == 1 ? noun : noun + "s";
    }

    /** @param plural used for every count but one */
    public static String of(long count, String singular, String plural) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? singular : plural);
    }
}
