package io.quorumark.results.fairness;

import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.model.Trial.Verification;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The values that replicas hold compress as well as the workload wants: an engine that compresses would otherwise be given, or denied, an
 * advantage that nobody planned.
 */
final class CompressibleValues implements FairnessCheck {
    private static final String ID = "compressible-values";

    /** What short values, and the headers in them, may make of it. */
    private static final double TOLERANCE = 0.15;

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        List<FairnessFinding> findings = new ArrayList<>();
        for (Trial trial : stored.trials()) {
            Verification verification = trial.verification();
            if (trial.outcome() != Outcome.VALID || verification == null || verification.storedCompression() == 0) {
                continue;
            }
            if (Math.abs(verification.storedCompression() - verification.wantedCompression()) > TOLERANCE) {
                findings.add(new FairnessFinding(
                        ID,
                        Severity.UNFAIR,
                        String.format(
                                Locale.ROOT,
                                "In %s the stored values deflate to %.2f of their length, and the workload wants %.2f.",
                                TrialLabels.of(stored.campaign().cell(trial.cellId()), trial),
                                verification.storedCompression(),
                                verification.wantedCompression())));
            }
        }
        return findings;
    }
}
