package io.quorumark.results.analysis;

import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Finding.Severity;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.Holm;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that follows from a campaign.
 *
 * @param stored what was read
 * @param cells in the campaign's order
 * @param comparisons of every engine but the reference and the harness ceiling
 * @param findings of the fairness checks, the worst first
 */
public record Analysis(
        StoredCampaign stored, List<CellSummary> cells, List<CellComparison> comparisons, List<Finding> findings) {

    private static final List<FairnessCheck> CHECKS =
            List.of(new RightContent(), new SameStream(), new SameConditions(), new RealDevice());

    public static Analysis of(StoredCampaign stored) {
        List<CellSummary> cells = stored.campaign().cells().stream()
                .map(cell -> CellSummary.of(cell, stored.trialsOf(cell.id())))
                .toList();
        List<Finding> findings = CHECKS.stream()
                .flatMap(check -> check.check(stored).stream())
                .sorted((a, b) -> b.severity().compareTo(a.severity()))
                .toList();
        return new Analysis(stored, cells, comparisons(stored.campaign(), cells), findings);
    }

    /** The comparison of this cell with its reference; empty for the reference itself, the ceiling, and where no block has both. */
    public Optional<CellComparison> comparisonOf(String cellId) {
        return comparisons.stream().filter(each -> each.cellId().equals(cellId)).findFirst();
    }

    /** The harness ceiling on the same workload. */
    public Optional<CellSummary> ceilingOf(Cell cell) {
        return cells.stream()
                .filter(each ->
                        each.cell().isHarnessCeiling() && each.cell().workload().equals(cell.workload()))
                .findFirst();
    }

    /** How a command that ran or read this campaign ends. */
    public ExitCode exitCode() {
        List<Trial> trials = stored.trials();
        if (has(Severity.INCORRECT) || trials.stream().anyMatch(trial -> trial.outcome() == Outcome.INCORRECT)) {
            return ExitCode.INCORRECT;
        }
        if (has(Severity.UNFAIR) || trials.stream().anyMatch(trial -> trial.outcome() == Outcome.UNFAIR)) {
            return ExitCode.UNFAIR;
        }
        return trials.stream().anyMatch(trial -> trial.outcome() == Outcome.FAILED) ? ExitCode.HARNESS : ExitCode.DONE;
    }

    private boolean has(Severity severity) {
        return findings.stream().anyMatch(finding -> finding.severity() == severity);
    }

    private static List<CellComparison> comparisons(Campaign campaign, List<CellSummary> cells) {
        List<CellSummary> compared = new ArrayList<>();
        List<CellSummary> references = new ArrayList<>();
        List<BlockedRatio> ratios = new ArrayList<>();
        Campaign.Design design = campaign.design();
        for (CellSummary each : cells) {
            if (each.cell().isHarnessCeiling() || each.cell().engine().equals(design.referenceEngine())) {
                continue;
            }
            Optional<CellSummary> reference = referenceOf(each.cell(), design, cells);
            List<BlockedRatio.Pair> pairs =
                    reference.map(ref -> pairs(each, ref)).orElse(List.of());
            if (!pairs.isEmpty()) {
                compared.add(each);
                references.add(reference.orElseThrow());
                ratios.add(BlockedRatio.of(pairs, design.confidence(), campaign.seed()));
            }
        }
        double[] adjusted =
                Holm.adjust(ratios.stream().mapToDouble(BlockedRatio::pValue).toArray());
        List<CellComparison> comparisons = new ArrayList<>();
        for (int i = 0; i < ratios.size(); i++) {
            BlockedRatio ratio = ratios.get(i);
            comparisons.add(new CellComparison(
                    compared.get(i).cell().id(),
                    references.get(i).cell().id(),
                    ratio,
                    adjusted[i],
                    design.supportsVerdicts()
                            ? Verdict.of(ratio.ratio(), design.equivalenceBand(), design.confidence(), adjusted[i])
                            : Verdict.INCONCLUSIVE));
        }
        return comparisons;
    }

    private static Optional<CellSummary> referenceOf(Cell cell, Campaign.Design design, List<CellSummary> cells) {
        return cells.stream()
                .filter(each -> each.cell().engine().equals(design.referenceEngine())
                        && each.cell().workload().equals(cell.workload()))
                .findFirst();
    }

    private static List<BlockedRatio.Pair> pairs(CellSummary cell, CellSummary reference) {
        List<BlockedRatio.Pair> pairs = new ArrayList<>();
        for (Trial trial : cell.valid()) {
            reference.valid().stream()
                    .filter(other -> other.block() == trial.block())
                    .findFirst()
                    .ifPresent(other -> pairs.add(
                            new BlockedRatio.Pair(trial.throughputOpsPerSecond(), other.throughputOpsPerSecond())));
        }
        return pairs;
    }
}
