package io.quorumark.report.page;

import io.quorumark.report.text.Figures;

/**
 * How many times as good as the reference a cell is, in the figure that the verdict rests on.
 *
 * @param ratio the estimate with its interval
 * @param verdict what the interval supports
 * @param terms what the verdict was held against, in a few words: the figure that decides, if it is not throughput, the band, and what
 * could have been found; empty for the reference
 */
public record Comparison(Estimate ratio, WordedVerdict verdict, String terms) {

    /** What a comparison supports, in the words of the documents. */
    public enum WordedVerdict {
        BETTER("better", "good"),
        WORSE("worse", "bad"),
        EQUIVALENT("equivalent", "neutral"),
        INCONCLUSIVE("inconclusive", "warn"),
        /** The reference itself. */
        REFERENCE("reference", "neutral"),
        /** The campaign is too small to call it. */
        NOT_SUPPORTED("not called", "warn");

        private final String text;
        private final String tone;

        WordedVerdict(String text, String tone) {
            this.text = text;
            this.tone = tone;
        }

        public String text() {
            return text;
        }

        /** The style that goes with it. */
        public String tone() {
            return tone;
        }
    }

    /** {@code 1.24× [1.18, 1.31] at 95 %}. */
    public String figures() {
        return Figures.ratio(ratio.value()) + (ratio.hasInterval() ? " " + interval() : "");
    }

    /** {@code [1.18, 1.31] at 95 %}, with the confidence that it attains, or nothing. */
    public String interval() {
        return ratio.hasInterval()
                ? "[" + Figures.significant(ratio.low()) + ", " + Figures.significant(ratio.high()) + "] at "
                        + Figures.confidence(ratio.confidence())
                : "";
    }
}
