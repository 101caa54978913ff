package io.quorumark.results.stats;

/** What an interval of a ratio supports, against a band within which differences do not matter and a least difference that counts. */
public enum Verdict {
    /** The whole interval lies beyond the least difference, on the good side. */
    BETTER,
    /** The whole interval lies beyond the least difference, on the bad side. */
    WORSE,
    /** The whole interval lies within the planned band. */
    EQUIVALENT,
    /** None of these, or the interval does not have the confidence that was asked for. */
    INCONCLUSIVE;

    /**
     * Equivalence is two one-sided tests, each at half of what confidence leaves: D. J. Schuirmann, Journal of Pharmacokinetics and
     * Biopharmaceutics 15 (1987). That is stricter than the usual interval of twice the error, and lets one interval serve both questions.
     *
     * @param ratio of a figure of which more is better
     * @param band within which differences do not count
     * @param confidence without which nothing is concluded
     * @param adjustedPValue of no difference, adjusted for all comparisons that are made together; a difference is called only if this,
     * too, speaks for one
     */
    public static Verdict of(Interval ratio, EquivalenceBand band, double confidence, double adjustedPValue) {
        Verdict verdict = of(ratio, band, confidence);
        boolean difference = verdict == BETTER || verdict == WORSE;
        return difference && !(adjustedPValue <= 1 - confidence) ? INCONCLUSIVE : verdict;
    }

    private static Verdict of(Interval ratio, EquivalenceBand band, double confidence) {
        if (!ratio.attains(confidence)) {
            return INCONCLUSIVE;
        }
        if (ratio.low() > band.better()) {
            return BETTER;
        }
        if (ratio.high() < band.worse()) {
            return WORSE;
        }
        return band.holds(ratio.low(), ratio.high()) ? EQUIVALENT : INCONCLUSIVE;
    }
}
