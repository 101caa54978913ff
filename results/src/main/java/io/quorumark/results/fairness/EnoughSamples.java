package io.quorumark.results.fairness;

import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * No percentile of a trial that counts rests on fewer samples beyond it than it takes to say anything:
 * {@value Trial#SAMPLES_BEYOND_PERCENTILE}.
 */
final class EnoughSamples implements FairnessCheck {
    private static final String ID = "enough-samples";

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        List<FairnessFinding> findings = new ArrayList<>();
        for (Trial trial : stored.trials()) {
            if (trial.outcome() != Outcome.VALID) {
                continue;
            }
            String label = TrialLabels.of(stored.campaign().cell(trial.cellId()), trial);
            trial.latency()
                    .forEach((name, latency) ->
                            check(label, name, latency.count(), latency.percentileMicros(), findings));
            trial.replication()
                    .writeStages()
                    .forEach((name, stage) -> check(label, name, stage.count(), stage.percentileMicros(), findings));
            trial.steps()
                    .forEach(step -> check(
                            label,
                            String.format(Locale.ROOT, "the step at %.0f op/s", step.rateOpsPerSecond()),
                            step.samples(),
                            step.percentileMicros(),
                            findings));
        }
        return findings;
    }

    private static void check(
            String label, String name, long samples, Map<String, Double> percentiles, List<FairnessFinding> findings) {
        for (String percentile : percentiles.keySet()) {
            double beyond = samples * (100 - Double.parseDouble(percentile)) / 100;
            // a rounded product must not lose the last sample
            if (beyond < Trial.SAMPLES_BEYOND_PERCENTILE - 1e-6) {
                findings.add(new FairnessFinding(
                        ID,
                        Severity.UNFAIR,
                        String.format(
                                Locale.ROOT,
                                "In %s the percentile %s of %s rests on %.1f samples beyond it, expected %d at least.",
                                label,
                                percentile,
                                name,
                                beyond,
                                Trial.SAMPLES_BEYOND_PERCENTILE)));
            }
        }
    }
}
