package io.quorumark.report.page;

import io.quorumark.report.page.Comparison.WordedVerdict;
import io.quorumark.report.text.Figures;
import io.quorumark.results.analysis.LifecycleComparison.Duration;
import io.quorumark.results.cell.UnmeasuredCell;
import io.quorumark.results.fairness.OtherWork;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.LifecyclePhase;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.text.Plural;
import io.quorumark.results.text.Sentences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answer in one sentence, and what supports it in a few more. Says no more than the trials do.
 *
 * @param sentence stands on top
 * @param notes what no table shows, below the sentence
 * @param ratios the figures behind it, a sentence for each workload, for documents without the drawings of the page
 */
public record Headline(String sentence, List<String> notes, List<String> ratios) {

    public Headline {
        notes = List.copyOf(notes);
        ratios = List.copyOf(ratios);
    }

    /** All that supports the sentence. */
    public List<String> support() {
        return Stream.concat(notes.stream(), ratios.stream()).toList();
    }

    /** Beside other work the first sentence says so: whoever reads no further must know it. */
    public static Headline of(ReportContent content) {
        Headline plain = ofTrials(content);
        OtherWork work = OtherWork.in(content.trials());
        return work.isNotable()
                ? new Headline(
                        plain.sentence() + " Measured beside other work: " + work.figures() + ".",
                        plain.notes(),
                        plain.ratios())
                : plain;
    }

    private static Headline ofTrials(ReportContent content) {
        if (content.isFlawed()) {
            return new Headline(
                    "Do not decide on these numbers: "
                            + content.checks().stream()
                                    .filter(Check::failed)
                                    .map(c -> c.title().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", "))
                            + ".",
                    content.checks().stream()
                            .filter(Check::failed)
                            .map(Check::summary)
                            .toList(),
                    List.of());
        }
        List<Trial> ofEngines = content.trials().stream()
                .filter(trial ->
                        !content.labelledCells().of(trial.cellId()).cell().isHarnessCeiling())
                .toList();
        if (ofEngines.stream().noneMatch(trial -> trial.outcome() == Outcome.VALID)) {
            return new Headline("Nothing was measured: " + noneCounts(ofEngines), unmeasured(content), List.of());
        }
        Campaign.Design design = content.campaign().design();
        List<String> notes = new ArrayList<>();
        notes.addAll(unmeasured(content));
        content.tooShortReach().ifPresent(notes::add);
        List<String> ratios =
                content.groups().stream().map(group -> sentence(group, design)).toList();
        if (!design.supportsVerdicts()) {
            notes.add("What would: ten blocks, and more until the intervals are narrow enough. Run the same plan with "
                    + "--profile adr.");
            return new Headline(
                    Figures.capitalized(article(content.campaign().profile())) + " "
                            + content.campaign().profile()
                            + " campaign cannot call a winner: " + Plural.of(design.blocks(), "trial")
                            + " of each engine " + (design.blocks() == 1 ? "is" : "are") + " too few.",
                    notes,
                    ratios);
        }
        return new Headline(verdict(content), notes, ratios);
    }

    private static List<String> unmeasured(ReportContent content) {
        return Alike.merged(
                content.unmeasured().stream().map(UnmeasuredCell::sentence).toList(),
                content.labelledCells().names());
    }

    /** {@code none of 12 trials counts, 10 void, 2 failed. The first: The leader changed ...} */
    private static String noneCounts(List<Trial> trials) {
        if (trials.isEmpty()) {
            return "no trial ran.";
        }
        String outcomes = Arrays.stream(Outcome.values())
                .map(outcome -> Map.entry(
                        outcome,
                        trials.stream()
                                .filter(trial -> trial.outcome() == outcome)
                                .count()))
                .filter(each -> each.getValue() > 0)
                .map(each -> each.getValue() + " " + each.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return "none of " + Plural.of(trials.size(), "trial") + " counts: " + outcomes + "."
                + trials.stream()
                        .filter(trial -> !trial.reasons().isEmpty())
                        .findFirst()
                        .map(trial -> " The first: " + Sentences.join(trial.reasons()))
                        .orElse("");
    }

    /** Of campaigns that time what happens besides operations: who took less time for what, and on which workloads if there are several. */
    private static String lifecycleVerdict(ReportContent content) {
        List<Duration> durations = content.lifecycle().durations();
        Map<String, Map<LifecyclePhase, List<String>>> better = new LinkedHashMap<>();
        durations.stream()
                .filter(duration -> duration.comparison()
                        .filter(compared -> compared.verdict() == Verdict.BETTER)
                        .isPresent())
                .forEach(duration -> better.computeIfAbsent(
                                content.labelledCells().of(duration.cell().id()).name(),
                                engine -> new LinkedHashMap<>())
                        .computeIfAbsent(duration.phase(), phase -> new ArrayList<>())
                        .add(duration.cell().workload()));
        long workloads = durations.stream()
                .map(duration -> duration.cell().workload())
                .distinct()
                .count();
        String reference = LifecycleView.reference(content.campaign());
        return better.isEmpty()
                ? "No engine was shown to take less time than " + reference + " besides operations."
                : better.entrySet().stream()
                        .map(each -> each.getKey() + " took less time than " + reference + " "
                                + phases(each.getValue(), workloads > 1))
                        .collect(Collectors.joining("; ", "", "."));
    }

    /** {@code for recovery and install on ycsb-a and session-store, for restore on ycsb-a}. */
    private static String phases(Map<LifecyclePhase, List<String>> workloadsByPhase, boolean tellWorkloads) {
        Map<List<String>, List<String>> phasesByWorkloads = new LinkedHashMap<>();
        workloadsByPhase.forEach((phase, workloads) -> phasesByWorkloads
                .computeIfAbsent(workloads.stream().distinct().toList(), each -> new ArrayList<>())
                .add(phase.id()));
        return phasesByWorkloads.entrySet().stream()
                .map(each -> "for " + listed(each.getValue()) + (tellWorkloads ? " on " + listed(each.getKey()) : ""))
                .collect(Collectors.joining(", "));
    }

    /** Who is ahead of the reference, by how much and on which workloads; nobody is ahead by an estimate alone. */
    private static String verdict(ReportContent content) {
        if (content.groups().isEmpty() && !content.lifecycle().durations().isEmpty()) {
            return lifecycleVerdict(content);
        }
        Map<String, List<Lead>> leadsByEngine = new LinkedHashMap<>();
        for (ComparisonGroup group : content.groups()) {
            for (ComparedCell compared : group.cells()) {
                compared.comparison()
                        .filter(comparison -> comparison.verdict() == WordedVerdict.BETTER)
                        .ifPresent(comparison -> leadsByEngine
                                .computeIfAbsent(compared.labelledCell().label(), label -> new ArrayList<>())
                                .add(new Lead(group, compared, comparison)));
            }
        }
        String reference = content.groups().stream()
                .flatMap(r -> r.reference().stream())
                .findFirst()
                .orElse("the reference");
        if (!leadsByEngine.isEmpty()) {
            return leading(content, leadsByEngine, reference);
        }
        return conditions(content) + withoutLead(content.groups(), reference);
    }

    private static String withoutLead(List<ComparisonGroup> groups, String reference) {
        List<Optional<Comparison>> others = groups.stream()
                .flatMap(group -> group.cells().stream())
                .map(ComparedCell::comparison)
                .filter(comparison -> comparison.isEmpty() || comparison.get().verdict() != WordedVerdict.REFERENCE)
                .toList();
        if (others.stream().allMatch(Optional::isEmpty)) {
            return "nothing was compared with " + reference + ".";
        }
        boolean allWorse = others.stream()
                .allMatch(
                        comparison -> comparison.isPresent() && comparison.get().verdict() == WordedVerdict.WORSE);
        boolean byThroughput = groups.stream()
                .allMatch(group -> Metric.primaryOf(group.anyCell().load()) == Metric.THROUGHPUT);
        return allWorse
                ? reference + (byThroughput ? " carried more" : " was better") + " than every other engine."
                : "no engine was shown to " + (byThroughput ? "carry more" : "be better") + " than " + reference + ".";
    }

    private record Lead(ComparisonGroup group, ComparedCell compared, Comparison comparison) {
        String text(String reference) {
            String ratio = Figures.ratio(comparison.ratio().value());
            boolean byThroughput = Metric.primaryOf(group.anyCell().load()) == Metric.THROUGHPUT;
            return (byThroughput
                            ? "carried " + ratio + " what " + reference + " did on "
                            : "was " + ratio + " as good as " + reference + " in " + group.comparedBy() + " on ")
                    + group.title() + " " + comparison.interval();
        }
    }

    private static String leading(ReportContent content, Map<String, List<Lead>> leadsByEngine, String reference) {
        String leader = leadsByEngine.entrySet().stream()
                .max(Comparator.comparingInt((Map.Entry<String, List<Lead>> entry) ->
                                entry.getValue().size())
                        .thenComparingDouble(entry -> entry.getValue().stream()
                                .mapToDouble(lead ->
                                        Math.log(lead.comparison().ratio().value()))
                                .sum()))
                .map(Map.Entry::getKey)
                .orElseThrow();
        List<Lead> leads = Objects.requireNonNull(leadsByEngine.get(leader));
        int workloads = content.groups().size();
        List<String> others = leadsByEngine.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(leader))
                .map(entry -> entry.getKey() + " on "
                        + listed(entry.getValue().stream()
                                .map(lead -> lead.group().title())
                                .toList()))
                .toList();
        return conditions(content) + leader + " " + leads.get(0).text(reference)
                + (workloads == 1 ? "" : ", and is ahead of it on " + leads.size() + " of " + workloads + " workloads")
                + "."
                + (others.isEmpty() ? "" : " Also ahead: " + listed(others) + ".")
                + gates(content, leads.get(0).compared().labelledCell().cell());
    }

    private static String conditions(ReportContent content) {
        List<String> levels = content.groups().stream()
                .map(group -> group.anyCell().cluster().logDurability())
                .distinct()
                .toList();
        return levels.size() == 1 ? "At " + levels.get(0) + " on this machine, " : "On this machine, ";
    }

    /** What stands against a leader, by the gates of the decision record. */
    private static String gates(ReportContent content, Cell cell) {
        return content.gated().stream()
                .filter(gated -> !gated.isEligible()
                        && gated.option().cells().stream()
                                .anyMatch(each -> each.cell().equals(cell)))
                .findFirst()
                .map(gated -> " It cannot be proposed: " + gated.standing() + ".")
                .orElse("");
    }

    /** {@code ycsb-a: LMDB 1.24× [1.18, 1.31] better (band ± 5 %, could show 3.1 %); ...}. */
    private static String sentence(ComparisonGroup group, Campaign.Design design) {
        String compared = group.cells().stream()
                .filter(s -> s.comparison()
                        .filter(c -> c.verdict() != WordedVerdict.REFERENCE)
                        .isPresent())
                .map(s -> s.labelledCell().label() + " "
                        + s.comparison()
                                .map(c -> c.figures()
                                        + (design.supportsVerdicts()
                                                ? " " + c.verdict().text() + " (" + c.terms() + ")"
                                                : ""))
                                .orElse(""))
                .collect(Collectors.joining("; "));
        return group.title() + ", "
                + group.comparedBy() + " against " + group.reference().orElse("the reference") + ": "
                + (compared.isEmpty() ? "nothing to compare" : compared) + ".";
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
