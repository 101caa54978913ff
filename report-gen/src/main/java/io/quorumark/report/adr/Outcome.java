package io.quorumark.report.adr;

import io.quorumark.report.page.Check;
import io.quorumark.report.page.Findings;
import io.quorumark.report.page.LabelledCell;
import io.quorumark.report.text.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a campaign proposes.
 *
 * @param winner the option proposed, or empty
 * @param reasons why, or why none, in sentences
 */
record Outcome(Optional<String> winner, List<String> reasons) {

    static Outcome of(Findings findings, AdrWeights weights) {
        List<String> against = new ArrayList<>();
        findings.checks().stream()
                .filter(Check::failed)
                .forEach(c -> against.add(c.title() + ": " + c.summary() + "."));
        findings.unmeasured().forEach(unmeasured -> against.add(unmeasured.sentence()));
        if (!findings.campaign().design().supportsVerdicts()) {
            against.add("A " + findings.campaign().profile()
                    + " campaign is too small to call a winner; the adr profile is made for it.");
        }
        List<String> options =
                findings.contenders().legend().stream().map(LabelledCell::label).toList();
        if (options.size() < 2) {
            against.add("There are fewer than two engines to choose from.");
        }
        Scores scores = new Scores(findings, weights);
        options.forEach(option -> scores.missing(option).ifPresent(m -> against.add(m + ".")));
        if (!against.isEmpty()) {
            return new Outcome(Optional.empty(), against);
        }
        String leader = options.stream()
                .max(Comparator.comparingDouble(o -> scores.of(o, Scores.Bound.ESTIMATE)))
                .orElseThrow();
        double floor = scores.of(leader, Scores.Bound.WORST);
        for (String option : options) {
            double reach = scores.of(option, Scores.Bound.BEST);
            if (!option.equals(leader) && reach >= floor) {
                against.add(leader + " leads, but with every figure at the bad end of its interval it scores "
                        + Figures.significant(floor) + ", and " + option + " at the good end of its own "
                        + Figures.significant(reach) + ".");
            }
        }
        return against.isEmpty()
                ? new Outcome(
                        Optional.of(leader),
                        List.of("With every figure at the bad end of its interval it scores "
                                + Figures.significant(floor)
                                + ", more than any other option with every figure at the good end."))
                : new Outcome(Optional.empty(), against);
    }
}
