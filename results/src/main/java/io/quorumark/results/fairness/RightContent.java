package io.quorumark.results.fairness;

import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.model.Trial.Verification;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every replica of every trial held what a plain sorted map holds after the same operations; looked at again here, whatever the trial said
 * of itself.
 */
final class RightContent implements FairnessCheck {
    private static final String ID = "right-content";

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        List<FairnessFinding> findings = new ArrayList<>();
        for (Trial trial : stored.trials()) {
            Cell cell = stored.campaign().cell(trial.cellId());
            Verification verification = trial.verification();
            String label = TrialLabels.of(cell, trial);
            if (trial.outcome() == Outcome.VALID && verification == null) {
                findings.add(new FairnessFinding(ID, Severity.INCORRECT, "In " + label + " nothing was verified."));
            }
            if (verification == null || cell.isHarnessCeiling()) {
                continue;
            }
            List<String> wrong = verification.replicaDigests().entrySet().stream()
                    .filter(replica -> !replica.getValue().equals(verification.expectedContentDigest()))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            if (!wrong.isEmpty()) {
                findings.add(new FairnessFinding(
                        ID,
                        Severity.INCORRECT,
                        "In " + label + " " + String.join(", ", wrong) + " held wrong content."));
            } else if (verification.replicaDigests().size() < cell.cluster().members()) {
                findings.add(new FairnessFinding(
                        ID,
                        Severity.INCORRECT,
                        "In " + label + " only " + verification.replicaDigests().size() + " of "
                                + cell.cluster().members() + " replicas were verified."));
            }
        }
        return findings;
    }
}
