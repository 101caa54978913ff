package io.quorumark.report.page;

import io.quorumark.report.text.Figures;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.ControlArm;
import io.quorumark.results.cell.InjectedStops;
import io.quorumark.results.decision.DecisionRules;
import io.quorumark.results.decision.GateFinding;
import io.quorumark.results.decision.GateOutcome;
import io.quorumark.results.decision.GatedOption;
import io.quorumark.results.fairness.FairnessFinding;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.text.Plural;
import io.quorumark.results.text.Sentences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Correctness, fairness, completeness, gates and the host, each as good or bad as the analysis and the trials' outcomes say. */
public final class CampaignChecks {

    private CampaignChecks() {}

    /** Correctness, fairness and completeness, one of each: what must hold before anything is compared. */
    public static List<Check> ofTrials(Analysis analysis, LabelledCells labelledCells) {
        List<Trial> trials = analysis.stored().trials();
        List<Check> checks = new ArrayList<>();
        List<String> wrong = found(analysis, Severity.INCORRECT);
        wrong.addAll(described(trials, Outcome.INCORRECT, labelledCells));
        long verified = trials.stream()
                .filter(t -> t.outcome() == Outcome.VALID && t.verification() != null)
                .count();
        boolean anyCounts = trials.stream().anyMatch(trial -> trial.outcome() == Outcome.VALID);
        checks.add(correctness(wrong, verified, anyCounts));
        List<String> unfair = found(analysis, Severity.UNFAIR);
        unfair.addAll(described(trials, Outcome.UNFAIR, labelledCells));
        checks.add(fairness(unfair, anyCounts));
        checks.add(completeness(analysis, labelledCells));
        return checks;
    }

    static List<Check> of(Analysis analysis, LabelledCells labelledCells, List<GatedOption> gated) {
        List<Check> checks = new ArrayList<>(ofTrials(analysis, labelledCells));
        if (!gated.isEmpty()) {
            checks.add(gates(gated));
        }
        if (!analysis.controlArms().isEmpty()) {
            checks.add(controls(
                    analysis.controlArms(),
                    analysis.stored().campaign().design().equivalenceBand()));
        }
        List<String> notes = found(analysis, Severity.NOTE);
        notes.addAll(analysis.stored().campaign().host().warnings());
        notes = Alike.merged(notes, labelledCells.names());
        if (!notes.isEmpty()) {
            checks.add(new Check("warn", "Read with care", Plural.of(notes.size(), "warning"), notes));
        }
        return checks;
    }

    private static Check correctness(List<String> wrong, long verified, boolean anyCounts) {
        if (!wrong.isEmpty()) {
            return new Check("bad", "Correctness failed", Plural.of(wrong.size(), "finding"), wrong);
        }
        return verified == 0
                ? new Check(
                        "warn",
                        "Nothing verified",
                        anyCounts ? "no trial has a digest of its content" : "no trial counts",
                        List.of("No trial that counts has verified its content."))
                : new Check(
                        "good",
                        "Correct",
                        Plural.of(verified, "trial") + " verified",
                        List.of(
                                "Every replica of every trial that counts held what a plain sorted map holds after the same operations."));
    }

    private static Check fairness(List<String> unfair, boolean anyCounts) {
        if (!unfair.isEmpty()) {
            return new Check("bad", "Unfair comparison", Plural.of(unfair.size(), "fairness finding"), unfair);
        }
        return anyCounts
                ? new Check(
                        "good",
                        "Fair",
                        "same operations, same conditions",
                        List.of(
                                "Every trial of a workload issued the same operations.",
                                "Engines that are compared acknowledged at the same durability, with the same memory, members, reads"
                                        + " and load.",
                                "No trial broke a fairness rule."))
                : new Check(
                        "warn",
                        "Nothing compared",
                        "no trial counts",
                        List.of("There is no trial whose operations and conditions could be compared."));
    }

    /** Who could be proposed, and what stands against the others, in the words of the decision record. */
    private static Check gates(List<GatedOption> gated) {
        long eligible = gated.stream().filter(GatedOption::isEligible).count();
        List<String> details = new ArrayList<>();
        details.add("Asked of an engine for "
                + DecisionRules.defaults().role().words()
                + ", without limits. Weights of a decision record may ask otherwise.");
        gated.forEach(each -> each.gates().forEach(gate -> details.add(gate(each, gate))));
        return new Check(
                eligible == gated.size() ? "good" : "warn",
                eligible + " of " + Plural.of(gated.size(), "option") + " eligible",
                Arrays.stream(GateOutcome.values())
                        .map(outcome -> names(gated, outcome))
                        .filter(names -> !names.isEmpty())
                        .collect(Collectors.joining("; ")),
                details);
    }

    /** {@code not shown: Xodus, LMDB}; of those that passed, whom the title counts, the names alone. */
    private static String names(List<GatedOption> gated, GateOutcome outcome) {
        String names = gated.stream()
                .filter(each -> each.outcome() == outcome)
                .map(each -> each.option().name())
                .collect(Collectors.joining(", "));
        return names.isEmpty() || outcome == GateOutcome.PASSED ? names : outcome.words() + ": " + names;
    }

    private static String gate(GatedOption option, GateFinding gate) {
        return option.option().name() + ", " + gate.gate() + ": "
                + gate.outcome().words() + ", " + gate.reason() + "."
                + gate.command().map(command -> " To show it: " + command).orElse("");
    }

    /** What the campaign said of cells whose true difference is known. */
    private static Check controls(List<ControlArm> arms, double plannedBand) {
        List<String> details = new ArrayList<>();
        arms.forEach(arm -> details.add(arm.injected() > 0 ? slowdown(arm) : twin(arm)));
        long twins = arms.stream().filter(arm -> arm.injected() == 0).count();
        long alarms = arms.stream()
                .filter(arm -> arm.injected() == 0 && arm.differs())
                .count();
        long slowed = arms.size() - twins;
        long seen =
                arms.stream().filter(arm -> arm.injected() > 0 && arm.differs()).count();
        List<String> summary = new ArrayList<>();
        if (twins > 0) {
            summary.add(Plural.of(alarms, "false positive") + " in " + Plural.of(twins, "A/A arm"));
        }
        if (slowed > 0) {
            summary.add(seen + " of " + Plural.of(slowed, "known slowdown") + " detected");
        }
        // an arm too noisy to tell itself from itself raises no alarm, and is no good sign for that
        OptionalDouble least = arms.stream()
                .map(arm -> EquivalenceBand.of(plannedBand, arm.detectable()))
                .filter(EquivalenceBand::isRaised)
                .mapToDouble(EquivalenceBand::difference)
                .max();
        if (least.isPresent()) {
            summary.add("differences count from " + Figures.percent(least.getAsDouble()) + " on");
        }
        boolean asExpected = alarms == 0 && seen == slowed && least.isEmpty();
        return new Check(
                asExpected ? "good" : "warn", "What this campaign can see", String.join("; ", summary), details);
    }

    private static String twin(ControlArm arm) {
        return arm.name() + " against itself: "
                + Figures.ratio(arm.ratio().ratio().estimate()) + ", p = "
                + Figures.fixed(arm.ratio().pValue(), 4)
                + (arm.differs() ? ": a false positive. " : ": no difference. ")
                + detectable(arm);
    }

    private static String slowdown(ControlArm arm) {
        return arm.stops().map(stops -> stopped(arm, stops)).orElseGet(() -> slowed(arm));
    }

    private static String stopped(ControlArm arm, InjectedStops stops) {
        return arm.name() + " with " + stops.sentence() + " on purpose: " + stops.outcome() + ".";
    }

    private static String slowed(ControlArm arm) {
        Interval measured = arm.measuredSlowdown();
        return arm.name() + " slowed by " + Figures.percent(arm.injected()) + " on purpose: "
                + (arm.differs() ? "detected" : "not detected") + ", p = "
                + Figures.fixed(arm.ratio().pValue(), 4) + "; measured " + Figures.percent(measured.estimate()) + " ["
                + Figures.percent(measured.low()) + ", " + Figures.percent(measured.high()) + "] at "
                + Figures.confidence(measured.confidence()) + ". " + detectable(arm);
    }

    private static String detectable(ControlArm arm) {
        return arm.detectable()
                .map(effect ->
                        "The smallest effect that " + Plural.of(arm.ratio().blocks(), "block") + " would show: "
                                + Figures.percent(effect.relative()) + ".")
                .orElse("Too few blocks to show any effect.");
    }

    private static Check completeness(Analysis analysis, LabelledCells labelledCells) {
        List<Trial> trials = analysis.stored().trials();
        int planned = analysis.stored().plannedTrials();
        long counting =
                trials.stream().filter(t -> t.outcome() == Outcome.VALID).count();
        List<String> others = described(trials, Outcome.VOID, labelledCells);
        others.addAll(described(trials, Outcome.FAILED, labelledCells));
        analysis.unmeasured().forEach(unmeasured -> others.add(unmeasured.sentence()));
        if (trials.size() < planned) {
            others.add(Plural.of(planned - trials.size(), "planned trial") + " did not run.");
        }
        return new Check(
                counting == planned ? "good" : "warn",
                counting + " of " + Plural.of(planned, "trial") + " count",
                others.isEmpty() ? "none was left out for noise" : "the others are listed with reasons",
                others.isEmpty() ? List.of("Every planned trial ran.") : Alike.merged(others, labelledCells.names()));
    }

    private static List<String> found(Analysis analysis, Severity severity) {
        List<String> sentences = new ArrayList<>();
        analysis.findings().stream()
                .filter(f -> f.severity() == severity)
                .map(FairnessFinding::sentence)
                .forEach(sentences::add);
        return sentences;
    }

    private static List<String> described(List<Trial> trials, Outcome outcome, LabelledCells labelledCells) {
        List<String> sentences = new ArrayList<>();
        trials.stream()
                .filter(t -> t.outcome() == outcome)
                .map(t -> labelledCells.of(t.cellId()).label() + ", "
                        + labelledCells.of(t.cellId()).cell().workload() + ", block " + (t.block() + 1) + ": "
                        + (t.reasons().isEmpty() ? "no reason recorded" : Sentences.join(t.reasons())))
                .forEach(sentences::add);
        return sentences;
    }
}
