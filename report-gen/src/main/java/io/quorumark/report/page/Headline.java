package io.quorumark.report.page;

import io.quorumark.report.page.Comparison.Verdict;
import io.quorumark.report.text.Figures;
import io.quorumark.results.analysis.OtherWork;
import io.quorumark.results.analysis.UnmeasuredCell;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The answer in one sentence, and what supports it in a few more. Says no more than the trials do.
 *
 * @param sentence stands on top
 * @param support stands below
 */
public record Headline(String sentence, List<String> support) {

    public Headline {
        support = List.copyOf(support);
    }

    /** Beside other work the first sentence says so: whoever reads no further must know it. */
    public static Headline of(Findings findings) {
        Headline plain = ofTrials(findings);
        OtherWork work = OtherWork.in(findings.trials());
        return work.isNotable()
                ? new Headline(
                        plain.sentence() + " Measured beside other work: " + work.figures() + ".", plain.support())
                : plain;
    }

    private static Headline ofTrials(Findings findings) {
        if (findings.isFlawed()) {
            return new Headline(
                    "Do not decide on these numbers: "
                            + findings.checks().stream()
                                    .filter(Check::failed)
                                    .map(c -> c.title().toLowerCase(java.util.Locale.ROOT))
                                    .collect(Collectors.joining(", "))
                            + ".",
                    findings.checks().stream()
                            .filter(Check::failed)
                            .map(Check::summary)
                            .toList());
        }
        if (findings.trials().stream().noneMatch(trial -> trial.outcome() == Outcome.VALID)) {
            return new Headline(
                    "Nothing was measured: no trial counts.",
                    findings.unmeasured().stream().map(UnmeasuredCell::sentence).toList());
        }
        Campaign.Design design = findings.campaign().design();
        List<String> support = new ArrayList<>();
        findings.unmeasured().forEach(unmeasured -> support.add(unmeasured.sentence()));
        findings.races().forEach(race -> support.add(sentence(race, design)));
        if (!design.supportsVerdicts()) {
            support.add(
                    "What would: ten blocks, and more until the intervals are narrow enough. Run the same plan with "
                            + "--profile adr.");
            return new Headline(
                    Figures.capitalized(article(findings.campaign().profile())) + " "
                            + findings.campaign().profile()
                            + " campaign cannot call a winner: " + Plural.of(design.blocks(), "trial")
                            + " of each engine " + (design.blocks() == 1 ? "is" : "are") + " too few.",
                    support);
        }
        return new Headline(verdict(findings), support);
    }

    private static String verdict(Findings findings) {
        // engines with the same answer on several workloads are named once
        Map<String, List<String>> workloadsByAnswer = new LinkedHashMap<>();
        for (ComparisonGroup race : findings.races()) {
            String better = named(race, Verdict.BETTER);
            if (!better.isEmpty()) {
                workloadsByAnswer
                        .computeIfAbsent(
                                better + " carried more than "
                                        + race.reference().orElse("the reference"),
                                k -> new ArrayList<>())
                        .add(race.title());
            }
        }
        if (!workloadsByAnswer.isEmpty()) {
            return workloadsByAnswer.entrySet().stream()
                    .map(answer -> answer.getKey() + " on " + listed(answer.getValue()))
                    .collect(Collectors.joining("; ", "", "."));
        }
        String reference = findings.races().stream()
                .flatMap(r -> r.reference().stream())
                .findFirst()
                .orElse("the reference");
        boolean allWorse = !findings.races().isEmpty()
                && findings.races().stream()
                        .flatMap(r -> r.standings().stream())
                        .flatMap(s -> s.comparison().stream())
                        .allMatch(c -> c.verdict() == Verdict.WORSE || c.verdict() == Verdict.REFERENCE);
        return allWorse
                ? reference + " carried more than every other engine here."
                : "No engine was shown to carry more than " + reference + ".";
    }

    /** {@code ycsb-a: LMDB 1.24× [1.18, 1.31] better (band ± 5 %, could show 3.1 %); ...}. */
    private static String sentence(ComparisonGroup race, Campaign.Design design) {
        String compared = race.standings().stream()
                .filter(s -> s.comparison()
                        .filter(c -> c.verdict() != Verdict.REFERENCE)
                        .isPresent())
                .map(s -> s.contender().label() + " "
                        + s.comparison()
                                .map(c -> c.figures()
                                        + (design.supportsVerdicts()
                                                ? " " + c.verdict().text() + " (" + c.terms() + ")"
                                                : ""))
                                .orElse(""))
                .collect(Collectors.joining("; "));
        return race.title() + ", "
                + race.comparedBy() + " against " + race.reference().orElse("the reference") + ": "
                + (compared.isEmpty() ? "nothing to compare" : compared) + ".";
    }

    private static String named(ComparisonGroup race, Verdict verdict) {
        List<String> names = race.standings().stream()
                .filter(s -> s.comparison().filter(c -> c.verdict() == verdict).isPresent())
                .map(s -> s.contender().label())
                .toList();
        return listed(names);
    }

    static String listed(List<String> names) {
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }

    private static String article(String noun) {
        return !noun.isEmpty() && "aeiou".indexOf(noun.charAt(0)) >= 0 ? "an" : "a";
    }
}
