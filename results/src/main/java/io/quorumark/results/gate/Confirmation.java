package io.quorumark.results.gate;

import io.quorumark.results.ExitCode;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.stats.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What two sessions of the same gate say together: a cell has regressed where both saw it regress. */
public final class Confirmation {
    private Confirmation() {}

    /**
     * The second session's result, in which a regression that the first one had not seen is inconclusive. A second session that ended for another reason than a regression
     * or the lack of one speaks for itself.
     *
     * @param strict whether a regression that was not confirmed fails as inconclusive
     */
    public static GateResult of(GateResult first, GateResult second, boolean strict) {
        if (second.exitCode() != ExitCode.DONE
                && second.exitCode() != ExitCode.REGRESSION
                && second.exitCode() != ExitCode.INCONCLUSIVE) {
            return second;
        }
        Set<SameCell> before = regressions(first);
        Set<SameCell> again = regressions(second);
        List<GateCell> cells = new ArrayList<>();
        List<String> problems = new ArrayList<>(second.problems());
        for (GateCell cell : second.cells()) {
            SameCell same = SameCell.of(cell.cell());
            boolean unconfirmed = before.contains(same) != again.contains(same);
            cells.add(unconfirmed ? inconclusive(cell) : cell);
            if (unconfirmed) {
                problems.add(cell.cell().engineName() + " on " + cell.cell().workload() + " regressed in the "
                        + (before.contains(same)
                                ? "first session and not in the second"
                                : "second session and not in the first")
                        + ": not confirmed.");
            }
        }
        ExitCode exitCode = cells.stream().anyMatch(GateCell::isRegression)
                ? ExitCode.REGRESSION
                : strict && cells.stream().anyMatch(cell -> cell.verdict() == Verdict.INCONCLUSIVE)
                        ? ExitCode.INCONCLUSIVE
                        : ExitCode.DONE;
        return new GateResult(
                second.baseCampaignId(),
                second.headCampaignId(),
                second.equivalenceBand(),
                second.confidence(),
                cells,
                problems,
                exitCode);
    }

    private static Set<SameCell> regressions(GateResult gate) {
        return gate.cells().stream()
                .filter(GateCell::isRegression)
                .map(cell -> SameCell.of(cell.cell()))
                .collect(Collectors.toSet());
    }

    private static GateCell inconclusive(GateCell cell) {
        return new GateCell(
                cell.cell(),
                cell.base(),
                cell.head(),
                cell.throughput(),
                cell.p99(),
                cell.judgedBy(),
                cell.relative(),
                cell.holmPValue(),
                cell.detectable(),
                cell.band(),
                Verdict.INCONCLUSIVE,
                Optional.empty());
    }
}
