package io.quorumark.report.gate;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quorumark.report.text.Figures;
import io.quorumark.results.stats.Interval;
import java.util.stream.DoubleStream;

/**
 * An estimate with its interval as JSON for programs has it, with the digits that documents show.
 *
 * @param written {@link Whole}, or a list of estimate, low, high and, if it is not the document's usual one, confidence
 */
public record JsonInterval(@JsonValue Object written) {
    /**
     * @param estimate the best single value
     * @param low end of the interval
     * @param high end of the interval
     * @param confidence that the interval attains
     */
    public record Whole(double estimate, double low, double high, double confidence) {}

    public static JsonInterval of(Interval exact) {
        return new JsonInterval(new Whole(
                Figures.rounded(exact.estimate()),
                Figures.rounded(exact.low()),
                Figures.rounded(exact.high()),
                Figures.rounded(exact.confidence())));
    }

    /** That it attains; not a number if that is the usual one. */
    public double confidence() {
        return written instanceof Whole whole ? whole.confidence() : Double.NaN;
    }

    /** The best single value; not a number of a list. */
    public double estimate() {
        return written instanceof Whole whole ? whole.estimate() : Double.NaN;
    }

    /** The same as a list, without its confidence if that is the usual one. */
    public JsonInterval inShort(double usualConfidence) {
        if (!(written instanceof Whole whole)) {
            return this;
        }
        DoubleStream parts = DoubleStream.of(whole.estimate(), whole.low(), whole.high(), whole.confidence());
        return new JsonInterval(parts.limit(whole.confidence() == usualConfidence ? 3 : 4)
                .mapToObj(JsonInterval::plain)
                .toList());
    }

    /** Without the {@code .0} of a whole number. */
    private static Number plain(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return isWhole ? (Number) (long) value : (Number) value;
    }
}
