package io.quorumark.results.gate;

import io.quorumark.results.ExitCode;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.stats.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a gate measures again, and what its sessions say together. The first session raises a suspicion: a cell that is slower by more than
 * the band, with a p-value that agrees. It counts if the blocks of all sessions together leave no doubt, the whole interval beyond the
 * band, and every session by itself was slower by more than the band. The first condition alone is an ordinary comparison of more blocks,
 * with its own error; to ask for more than it can only make false alarms fewer.
 */
public final class Confirmation {
    /** With any other end there is nothing that a further session could add. */
    private static final Set<ExitCode> COMPARED = EnumSet.of(ExitCode.DONE, ExitCode.REGRESSION, ExitCode.INCONCLUSIVE);

    private Confirmation() {}

    /** Whether a gate's first session asks for a second one. */
    public static boolean isNeeded(GateResult first) {
        return wasCompared(first)
                && first.cells().stream()
                        .anyMatch(cell -> cell.waiver().isEmpty()
                                && cell.isBelowBand()
                                && cell.holmPValue() <= 1 - first.confidence());
    }

    /** Whether the campaigns of a session could be compared at all. */
    public static boolean wasCompared(GateResult session) {
        return COMPARED.contains(session.exitCode());
    }

    /**
     * The result of all sessions' blocks, in which a regression that some session does not show is inconclusive.
     *
     * @param sessions each by itself; the first one was suspicious
     * @param together of the blocks of all of them
     * @param strict whether a regression that was not confirmed fails as inconclusive
     */
    public static GateResult of(List<GateResult> sessions, GateResult together, boolean strict) {
        List<GateCell> cells = new ArrayList<>();
        List<String> problems = new ArrayList<>(together.problems());
        for (GateCell cell : together.cells()) {
            boolean everywhere = sessions.stream().allMatch(session -> isBelowBand(session, cell));
            if (cell.isRegression() && !everywhere) {
                cells.add(inconclusive(cell));
                problems.add(
                        name(cell) + " is slower in all sessions together and not in each of them: not confirmed.");
            } else {
                cells.add(cell);
                if (!cell.isRegression() && cell.waiver().isEmpty() && isBelowBand(sessions.get(0), cell)) {
                    problems.add(name(cell)
                            + " seemed slower in the first session, and all together do not show it: not confirmed.");
                }
            }
        }
        return new GateResult(
                together.baseCampaignId(),
                together.headCampaignId(),
                together.equivalenceBand(),
                together.confidence(),
                cells,
                together.notMeasured(),
                problems,
                together.headFailed(),
                exitCode(together, cells, strict));
    }

    private static boolean isBelowBand(GateResult session, GateCell cell) {
        SameCell same = SameCell.of(cell.cell());
        return session.cells().stream()
                .filter(other -> SameCell.of(other.cell()).equals(same))
                .anyMatch(GateCell::isBelowBand);
    }

    private static String name(GateCell cell) {
        return cell.cell().engineName() + " on " + cell.cell().workload();
    }

    private static ExitCode exitCode(GateResult together, List<GateCell> cells, boolean strict) {
        if (together.exitCode() != ExitCode.REGRESSION || cells.stream().anyMatch(GateCell::isRegression)) {
            return together.exitCode();
        }
        if (together.headFailed()) {
            return ExitCode.HARNESS;
        }
        return strict ? ExitCode.INCONCLUSIVE : ExitCode.DONE;
    }

    private static GateCell inconclusive(GateCell cell) {
        return new GateCell(
                cell.cell(),
                cell.base(),
                cell.head(),
                cell.primary(),
                cell.judgedBy(),
                cell.relative(),
                cell.holmPValue(),
                cell.detectable(),
                cell.band(),
                Verdict.INCONCLUSIVE,
                Optional.empty(),
                cell.others());
    }
}
