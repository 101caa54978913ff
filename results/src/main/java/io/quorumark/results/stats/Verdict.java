package io.quorumark.results.stats;

/** What an interval of a ratio supports, against a band within which differences do not matter. */
public enum Verdict {
    /** The whole interval lies beyond the band, on the good side. */
    BETTER,
    /** The whole interval lies beyond the band, on the bad side. */
    WORSE,
    /** The whole interval lies within the band. */
    EQUIVALENT,
    /** None of these, or the interval has not the confidence that was asked for. */
    INCONCLUSIVE;

    /**
     * @param ratio of a figure where more is better
     * @param band relative, such as 0.05: from 1/1.05 to 1.05
     * @param confidence without which nothing is concluded
     * @param adjustedPValue of no difference, adjusted for all comparisons that are made together; a difference is called only where this, too, speaks for one
     */
    public static Verdict of(Interval ratio, double band, double confidence, double adjustedPValue) {
        Verdict verdict = of(ratio, band, confidence);
        boolean difference = verdict == BETTER || verdict == WORSE;
        return difference && adjustedPValue > 1 - confidence ? INCONCLUSIVE : verdict;
    }

    private static Verdict of(Interval ratio, double band, double confidence) {
        if (!ratio.attains(confidence)) {
            return INCONCLUSIVE;
        }
        double high = 1 + band;
        double low = 1 / high;
        if (ratio.low() > high) {
            return BETTER;
        }
        if (ratio.high() < low) {
            return WORSE;
        }
        return ratio.low() >= low && ratio.high() <= high ? EQUIVALENT : INCONCLUSIVE;
    }
}
