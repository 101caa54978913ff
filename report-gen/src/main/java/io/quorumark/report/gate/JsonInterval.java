package io.quorumark.report.gate;

import io.quorumark.report.text.Figures;
import io.quorumark.results.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * An estimate with its interval as JSON for programs has it, with the digits that documents show.
 *
 * @param estimate the best single value
 * @param low end of the interval
 * @param high end of the interval
 * @param confidence that the interval attains; null if it is what the document says of all that do not tell
 */
public record JsonInterval(
        double estimate, double low, double high, @Nullable Double confidence) {
    public static JsonInterval of(Interval exact) {
        return new JsonInterval(
                Figures.rounded(exact.estimate()),
                Figures.rounded(exact.low()),
                Figures.rounded(exact.high()),
                Figures.rounded(exact.confidence()));
    }

    /** The same without its confidence if that is the usual one. */
    public JsonInterval unlessUsual(double usualConfidence) {
        return confidence != null && confidence == usualConfidence ? new JsonInterval(estimate, low, high, null) : this;
    }
}
