package io.quorumark.report.text;

import io.quorumark.results.stats.EquivalenceBand;

/** A band for people. */
public final class BandText {
    private BandText() {}

    /** {@code band ± 5 %}, and if noise asks for more {@code band ± 5 %, differences count from 14.2 % on}. */
    public static String of(EquivalenceBand band) {
        return "band ± " + Figures.percent(band.planned())
                + (band.isRaised() ? ", differences count from " + Figures.percent(band.difference()) + " on" : "");
    }
}
