package io.quorumark.report.text;

import io.quorumark.results.decision.Decision;
import io.quorumark.results.decision.Sensitivity.Flip;
import io.quorumark.results.decision.Sensitivity.LeftOut;

/** What takes the lead from the option in front, in the words of record and report. */
public final class SensitivityText {
    private SensitivityText() {}

    /** {@code p99 response time weighs more than 62.0 % of all weight instead of 30.0 %}. */
    public static String condition(Flip flip) {
        return flip.criterion().words() + " weighs " + (flip.at() > flip.stated() ? "more than " : "less than ")
                + Figures.percent(flip.at()) + " of all weight instead of " + Figures.percent(flip.stated());
    }

    /** {@code Without the criterion cpu}. */
    public static String condition(LeftOut change) {
        return "Without the " + change.kind() + " " + change.what();
    }

    /** The label, and what it means for the option in front. */
    public static String outcome(Decision decision) {
        String leader = decision.leader().map(option -> option.name()).orElse("Nobody");
        String meaning = switch (decision.label()) {
            case ROBUST -> "Proposed option: " + leader + ".";
            case FRAGILE ->
                leader + " leads, and something that was varied takes the lead from it; no option is proposed.";
            case TIE -> leader + " and others score within the band; these figures do not choose between them.";
            case OPEN -> "No option is proposed: evidence is missing.";
        };
        return "Label: " + decision.label().word() + ". " + meaning;
    }
}
