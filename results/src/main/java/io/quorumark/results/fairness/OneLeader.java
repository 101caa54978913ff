package io.quorumark.results.fairness;

import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Trial.Event;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.StoredCampaign;
import java.util.List;

/**
 * The leader stayed the same within the measured window of every trial that counts: an election is paid for by whoever is measured then.
 */
final class OneLeader implements FairnessCheck {
    private static final String ID = "one-leader";

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        return stored.trials().stream()
                .filter(trial -> trial.outcome() == Outcome.VALID)
                .filter(trial -> trial.events().stream()
                        .anyMatch(event -> event.kind().equals(Event.LEADER_CHANGE) && event.atSeconds() >= 0))
                .map(trial -> new FairnessFinding(
                        ID,
                        Severity.UNFAIR,
                        "In " + TrialLabels.of(stored.campaign().cell(trial.cellId()), trial)
                                + " the leader changed inside the measured window, and the trial counts."))
                .toList();
    }
}
