package io.quorumark.results.fairness;

import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.StoredCampaign;
import io.quorumark.results.text.Plural;
import java.util.List;

/**
 * No operation failed in a trial that counts: refusing work is faster than doing it. The ceiling may meet conflicts, for what stores
 * nothing finds no version.
 */
final class NoFailedOperations implements FairnessCheck {
    private static final String ID = "no-failed-operations";

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        return stored.trials().stream()
                .filter(trial -> trial.outcome() == Outcome.VALID
                        && trial.errors() > 0
                        && !stored.campaign().cell(trial.cellId()).isHarnessCeiling())
                .map(trial -> new FairnessFinding(
                        ID, Severity.UNFAIR, sentence(stored.campaign().cell(trial.cellId()), trial)))
                .toList();
    }

    private static String sentence(Cell cell, Trial trial) {
        return "In " + TrialLabels.of(cell, trial) + " " + Plural.of(trial.errors(), "operation")
                + " failed, and the trial counts.";
    }
}
