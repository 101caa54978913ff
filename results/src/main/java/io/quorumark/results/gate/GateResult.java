package io.quorumark.results.gate;

import io.quorumark.results.ExitCode;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.Verdict;
import java.util.List;

/**
 * What a gate says.
 *
 * @param baseCampaignId compared with
 * @param headCampaignId compared
 * @param equivalenceBand the least relative difference that matters
 * @param confidence of the intervals
 * @param cells that both campaigns have
 * @param problems why there is nothing to compare, or why what there is must not be; empty in a plain comparison
 * @param exitCode how the command ends
 */
public record GateResult(
        String baseCampaignId,
        String headCampaignId,
        double equivalenceBand,
        double confidence,
        List<GateCell> cells,
        List<String> problems,
        ExitCode exitCode) {

    public GateResult {
        cells = List.copyOf(cells);
        problems = List.copyOf(problems);
    }

    /** Whether CI goes on. */
    public boolean passed() {
        return exitCode == ExitCode.DONE;
    }

    /**
     * One cell of both campaigns.
     *
     * @param cell as the head campaign describes it
     * @param throughput head over base
     * @param holmPValue adjusted for all cells of the gate
     * @param verdict {@link Verdict#WORSE} is a regression
     */
    public record GateCell(Cell cell, BlockedRatio throughput, double holmPValue, Verdict verdict) {}
}
