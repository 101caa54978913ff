package io.quorumark.results.analysis;

import io.quorumark.results.analysis.Finding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A sweep that counts went on until a rate just above its highest one failed. One that ran out of steps before knows of its engine only that it can do at least so much. */
final class BracketedKnee implements FairnessCheck {
    private static final String ID = "bracketed-knee";
    private static final double ROUNDING = 1e-9;

    @Override
    public List<Finding> check(StoredCampaign stored) {
        List<Finding> findings = new ArrayList<>();
        for (Trial trial : stored.trials()) {
            Cell cell = stored.campaign().cell(trial.cellId());
            Cell.Sweep sweep = cell.load().sweep();
            double knee = trial.kneeOpsPerSecond().orElse(0);
            if (trial.outcome() == Outcome.VALID && sweep != null && !isBracketed(trial, knee, sweep.precision())) {
                findings.add(new Finding(
                        ID,
                        Severity.NOTE,
                        String.format(
                                Locale.ROOT,
                                "In %s the sweep ended after %d steps before a rate just above %.0f op/s failed: the knee may lie higher; raise load.sweep.maxSteps.",
                                Where.of(cell, trial),
                                trial.steps().size(),
                                knee)));
            }
        }
        return findings;
    }

    private static boolean isBracketed(Trial trial, double knee, double precision) {
        return trial.steps().stream()
                .anyMatch(step -> !step.held() && step.rateOpsPerSecond() <= knee * (1 + precision) * (1 + ROUNDING));
    }
}
