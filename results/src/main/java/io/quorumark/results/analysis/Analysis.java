package io.quorumark.results.analysis;

import io.quorumark.results.ExitCode;
import io.quorumark.results.cell.AaArms;
import io.quorumark.results.cell.CellComparison;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.cell.Contrast;
import io.quorumark.results.cell.ControlArm;
import io.quorumark.results.cell.HarnessCeiling;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.cell.UnmeasuredCell;
import io.quorumark.results.fairness.FairnessChecks;
import io.quorumark.results.fairness.FairnessFinding;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.MinimumDetectableEffect;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.stats.VerdictReach;
import io.quorumark.results.store.StoredCampaign;
import io.quorumark.results.text.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that follows from a campaign.
 *
 * @param stored what was read
 * @param cells in the campaign's order
 * @param comparisons of every engine but the reference and the harness ceiling; of an A/A arm only the first cell
 * @param findings of the fairness checks, the worst first
 */
public record Analysis(
        StoredCampaign stored,
        List<CellSummary> cells,
        List<CellComparison> comparisons,
        List<FairnessFinding> findings) {

    /** From here on a reader must be told what the harness costs. */
    public static final double HARNESS_SHARE_THAT_MATTERS = 0.1;

    public static Analysis of(StoredCampaign stored) {
        List<CellSummary> cells = stored.campaign().cells().stream()
                .map(cell -> CellSummary.of(cell, stored.trialsOf(cell.id())))
                .toList();
        return new Analysis(stored, cells, comparisons(stored.campaign(), cells), FairnessChecks.findings(stored));
    }

    /** The comparison of this cell with its reference; empty for the reference itself, for the ceiling, and if no block has both. */
    public Optional<CellComparison> comparisonOf(String cellId) {
        return comparisons.stream().filter(each -> each.cellId().equals(cellId)).findFirst();
    }

    /** Why no comparison could call a difference, however large; empty if one could, and if the campaign wants no verdicts. */
    public Optional<VerdictReach> tooShortReach() {
        Campaign.Design design = stored.campaign().design();
        return design.supportsVerdicts()
                ? VerdictReach.tooShort(
                        comparisons.stream().map(CellComparison::primary).toList(), design.confidence())
                : Optional.empty();
    }

    /** Whether every comparison tells its ratio as narrowly as the campaign wanted to know it. */
    public boolean intervalsAreNarrow() {
        Campaign.Design design = stored.campaign().design();
        return comparisons.stream()
                .map(comparison -> comparison.primary().ratio())
                .allMatch(ratio ->
                        ratio.attains(design.confidence()) && ratio.relativeHalfWidth() <= design.maxHalfWidth());
    }

    /**
     * Cells that were planned and of which no trial counts, in the campaign's order; the harness ceiling is not among them, for nothing is
     * judged by it.
     */
    public List<UnmeasuredCell> unmeasured() {
        int blocks = stored.plannedBlocks();
        return cells.stream()
                .filter(each -> each.valid().isEmpty() && !each.cell().isHarnessCeiling())
                .map(each -> new UnmeasuredCell(
                        each.cell(),
                        (int) stored.campaign().blockOrder().stream()
                                .limit(blocks)
                                .filter(block -> block.contains(each.cell().id()))
                                .count(),
                        each.trials()))
                .toList();
    }

    /** Whether any trial but the harness ceiling's counts. */
    public boolean anythingCounts() {
        return cells.stream()
                .anyMatch(
                        each -> !each.cell().isHarnessCeiling() && !each.valid().isEmpty());
    }

    /** The pairs of like cells that tell this campaign's noise. */
    public AaArms aaArms() {
        return AaArms.of(cells);
    }

    /** The pairs of cells whose true difference is known: A/A arms first, then known-slowdown arms. */
    public List<ControlArm> controlArms() {
        return ControlArm.of(stored.campaign(), cells);
    }

    /** What is wrong with the content of one cell's replicas, in sentences; empty if nothing is. */
    public List<String> wrongContentOf(Cell cell) {
        List<Trial> own = stored.trialsOf(cell.id());
        List<String> wrong = new ArrayList<>();
        FairnessChecks.wrongContent(new StoredCampaign(stored.folder(), stored.campaign(), own))
                .forEach(finding -> wrong.add(finding.sentence()));
        own.stream()
                .filter(trial -> trial.outcome() == Outcome.INCORRECT)
                .forEach(trial ->
                        wrong.add("In " + TrialLabels.of(cell, trial) + ": " + Sentences.join(trial.reasons())));
        return wrong;
    }

    /** Fairness findings that void the campaign, and trials that were unfair, in sentences. */
    public List<String> unfairness() {
        List<String> unfair = new ArrayList<>();
        findings.stream()
                .filter(finding -> finding.severity() == Severity.UNFAIR)
                .forEach(finding -> unfair.add(finding.sentence()));
        stored.trials().stream()
                .filter(trial -> trial.outcome() == Outcome.UNFAIR)
                .forEach(trial -> unfair.add("In "
                        + TrialLabels.of(stored.campaign().cell(trial.cellId()), trial) + ": "
                        + Sentences.join(trial.reasons())));
        return unfair;
    }

    /** The harness ceiling on the same workload. */
    public Optional<CellSummary> ceilingOf(Cell cell) {
        return cells.stream()
                .filter(each ->
                        each.cell().isHarnessCeiling() && each.cell().workload().equals(cell.workload()))
                .findFirst();
    }

    /**
     * How much of what was measured here is the harness and not the engine: the ceiling's processor time over this cell's, or, in a
     * closed loop, its time per operation over
     * this cell's, whichever is more; medians of valid trials. Above {@value #HARNESS_SHARE_THAT_MATTERS} the engine's own cost is
     * smaller than its figures look. Empty
     * without a ceiling on the same workload, without valid trials, or if an engine carried more than the ceiling.
     */
    public OptionalDouble harnessShareOf(Cell cell) {
        double confidence = stored.campaign().design().confidence();
        Optional<CellSummary> ceiling = ceilingOf(cell);
        Optional<CellSummary> own =
                cells.stream().filter(each -> each.cell().equals(cell)).findFirst();
        if (ceiling.isEmpty()
                || own.isEmpty()
                || HarnessCeiling.fasterEngine(ceiling.get(), cells, confidence).isPresent()) {
            return OptionalDouble.empty();
        }
        double share = share(
                ceiling.get().over(trial -> trial.resources().cpuNanosPerOperation(), confidence),
                own.get().over(trial -> trial.resources().cpuNanosPerOperation(), confidence));
        if (cell.load().isClosed()) {
            share = Math.max(
                    share,
                    share(
                            own.get().throughputOpsPerSecond(confidence),
                            ceiling.get().throughputOpsPerSecond(confidence)));
        }
        return share > 0 ? OptionalDouble.of(share) : OptionalDouble.empty();
    }

    private static double share(Optional<Interval> part, Optional<Interval> whole) {
        double denominator = whole.map(Interval::estimate).orElse(0.0);
        return denominator > 0 ? part.map(Interval::estimate).orElse(0.0) / denominator : 0;
    }

    /**
     * How a command that ran or read this campaign ends.
     *
     * @param strict whether it matters that a comparison is inconclusive
     */
    public ExitCode exitCode(boolean strict) {
        ExitCode code = exitCode();
        boolean inconclusive = comparisons.stream().anyMatch(each -> each.verdict() == Verdict.INCONCLUSIVE);
        return strict && code == ExitCode.DONE && (inconclusive || !unmeasured().isEmpty())
                ? ExitCode.INCONCLUSIVE
                : code;
    }

    /**
     * How a command that ran or read this campaign ends, if an inconclusive comparison is no failure: inconclusive only if no trial counts
     * at all.
     */
    public ExitCode exitCode() {
        List<Trial> trials = stored.trials();
        if (has(Severity.INCORRECT) || trials.stream().anyMatch(trial -> trial.outcome() == Outcome.INCORRECT)) {
            return ExitCode.INCORRECT;
        }
        if (has(Severity.UNFAIR) || trials.stream().anyMatch(trial -> trial.outcome() == Outcome.UNFAIR)) {
            return ExitCode.UNFAIR;
        }
        if (trials.stream().anyMatch(trial -> trial.outcome() == Outcome.FAILED)) {
            return ExitCode.HARNESS;
        }
        return anythingCounts() ? ExitCode.DONE : ExitCode.INCONCLUSIVE;
    }

    private boolean has(Severity severity) {
        return findings.stream().anyMatch(finding -> finding.severity() == severity);
    }

    private static List<CellComparison> comparisons(Campaign campaign, List<CellSummary> cells) {
        Campaign.Design design = campaign.design();
        AaArms arms = AaArms.of(cells);
        List<Pairing> pairings = cells.parallelStream()
                .filter(each -> !each.cell().isHarnessCeiling()
                        && !each.cell().engine().equals(design.referenceEngine())
                        && !arms.isTwin(each)
                        && !each.cell().load().isSlowed())
                .flatMap(each -> pairing(each, design, campaign.seed(), cells).stream())
                .toList();
        List<Contrast> contrasts = pairings.stream().map(Pairing::contrast).toList();
        double[] adjusted = Contrast.holmPValues(contrasts);
        List<List<MetricComparison>> others =
                Contrast.others(contrasts, design, campaign.seed(), design.supportsVerdicts());
        List<CellComparison> comparisons = new ArrayList<>();
        for (int i = 0; i < pairings.size(); i++) {
            CellSummary compared = pairings.get(i).compared();
            Contrast contrast = pairings.get(i).contrast();
            Optional<MinimumDetectableEffect> detectable = contrast.detectable(compared, arms, 1 - design.confidence());
            EquivalenceBand band = EquivalenceBand.of(design.equivalenceBand(), detectable);
            comparisons.add(new CellComparison(
                    compared.cell().id(),
                    pairings.get(i).reference().cell().id(),
                    contrast.primary(),
                    contrast.judgedBy(),
                    adjusted[i],
                    detectable,
                    band,
                    design.supportsVerdicts()
                            ? contrast.verdict(compared, contrast.primary(), band, design.confidence(), adjusted[i])
                            : Verdict.INCONCLUSIVE,
                    others.get(i)));
        }
        return comparisons;
    }

    private record Pairing(CellSummary compared, CellSummary reference, Contrast contrast) {}

    private static Optional<Pairing> pairing(
            CellSummary compared, Campaign.Design design, long seed, List<CellSummary> cells) {
        return referenceOf(compared.cell(), design, cells)
                .flatMap(reference -> Contrast.of(compared, reference, design.confidence(), seed)
                        .map(contrast -> new Pairing(compared, reference, contrast)));
    }

    private static Optional<CellSummary> referenceOf(Cell cell, Campaign.Design design, List<CellSummary> cells) {
        return cells.stream()
                .filter(each -> each.cell().engine().equals(design.referenceEngine())
                        && each.cell().workload().equals(cell.workload()))
                .findFirst();
    }
}
