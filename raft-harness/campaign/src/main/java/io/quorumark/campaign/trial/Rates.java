package io.quorumark.campaign.trial;

import java.util.Locale;

/** Rates in sentences. */
final class Rates {
    private Rates() {}

    /** {@code 21,080 op/s}, {@code 0.25 op/s}. */
    static String words(double opsPerSecond) {
        return String.format(Locale.ROOT, opsPerSecond >= 100 ? "%,.0f op/s" : "%.3g op/s", opsPerSecond);
    }
}
