package io.quorumark.results.fairness;

import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Event;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An open loop kept to its schedule in every trial that counts. A generator that was late measured itself; a group below the rate was
 * measured in overload.
 */
final class IntendedRate implements FairnessCheck {
    private static final String ID = "intended-rate";
    private static final double LEAST_SHARE = 0.99;

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        List<FairnessFinding> findings = new ArrayList<>();
        for (Trial trial : stored.trials()) {
            Cell cell = stored.campaign().cell(trial.cellId());
            if (trial.outcome() != Outcome.VALID || cell.load().isClosed()) {
                continue;
            }
            if (trial.events().stream().anyMatch(event -> event.kind().equals(Event.GENERATOR_LAG))) {
                findings.add(new FairnessFinding(
                        ID,
                        Severity.UNFAIR,
                        "In " + TrialLabels.of(cell, trial)
                                + " the load generator itself was late, and the trial counts."));
            }
            // a sweep's steps and a trace's pauses have rates of their own
            double share = trial.throughputOpsPerSecond() / cell.load().rateOpsPerSecond();
            if (cell.load().kind().equals(Cell.Load.OPEN) && share < LEAST_SHARE) {
                findings.add(new FairnessFinding(
                        ID,
                        Severity.NOTE,
                        String.format(
                                Locale.ROOT,
                                "In %s the group held %.1f %% of the intended rate: its response times are those of an"
                                        + " overload.",
                                TrialLabels.of(cell, trial),
                                100 * share)));
            }
        }
        return findings;
    }
}
