package io.quorumark.results.gate;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.text.Plural;
import io.quorumark.results.text.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a gate cannot see: an engine must not pass by dropping out of the comparison.
 *
 * @param failed a sentence for each cell of the head campaign with failed trials
 * @param uncompared a sentence for each cell that only one of the campaigns can show figures of
 */
record UnmeasuredCells(List<String> failed, List<String> uncompared) {
    UnmeasuredCells {
        failed = List.copyOf(failed);
        uncompared = List.copyOf(uncompared);
    }

    static UnmeasuredCells of(Analysis base, Analysis head) {
        List<String> failed = new ArrayList<>();
        List<String> uncompared = new ArrayList<>();
        for (CellSummary after : head.cells()) {
            List<Trial> broken = after.trials().stream()
                    .filter(trial -> trial.outcome() == Outcome.FAILED)
                    .toList();
            if (!broken.isEmpty()) {
                failed.add(name(after) + " failed in " + broken.size() + " of "
                        + Plural.of(after.trials().size(), "trial") + " of the head campaign: "
                        + Sentences.join(broken.get(0).reasons()));
            }
            if (!after.cell().isHarnessCeiling()) {
                uncompared(after, base).ifPresent(uncompared::add);
            }
        }
        base.cells().stream()
                .filter(before -> !before.cell().isHarnessCeiling())
                .filter(before -> counterpart(before, head).isEmpty())
                .forEach(before -> uncompared.add(
                        name(before) + " was measured in the base campaign and not in the head campaign."));
        return new UnmeasuredCells(failed, uncompared);
    }

    /** The same cell in another campaign. */
    static Optional<CellSummary> counterpart(CellSummary cell, Analysis other) {
        return other.cells().stream()
                .filter(each -> SameCell.of(each.cell()).equals(SameCell.of(cell.cell())))
                .findFirst();
    }

    private static Optional<String> uncompared(CellSummary after, Analysis base) {
        Optional<CellSummary> before = counterpart(after, base);
        if (before.isEmpty()) {
            SameCell same = SameCell.of(after.cell());
            boolean changed = base.cells().stream()
                    .anyMatch(each -> SameCell.of(each.cell()).isChangedWorkloadOf(same));
            return Optional.of(name(after)
                    + (changed
                            ? " has no baseline: the base campaign ran another workload of that name, with other content."
                            : " has no baseline: the base campaign did not measure it."));
        }
        if (before.get().valid().isEmpty()) {
            return Optional.of(name(after) + " has no valid trial to be compared with in the base campaign.");
        }
        return Optional.empty();
    }

    private static String name(CellSummary cell) {
        return cell.cell().engineName() + " on " + cell.cell().workload();
    }
}
