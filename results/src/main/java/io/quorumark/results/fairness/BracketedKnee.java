package io.quorumark.results.fairness;

import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A sweep that counts went on until a rate just above its highest one failed. One that ran out of steps or time before knows of its engine
 * only that it can do at least so much.
 */
final class BracketedKnee implements FairnessCheck {
    private static final String ID = "bracketed-knee";
    private static final double ROUNDING = 1e-9;

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        List<FairnessFinding> findings = new ArrayList<>();
        for (Cell cell : stored.campaign().cells()) {
            Cell.Sweep sweep = cell.load().sweep();
            if (sweep == null) {
                continue;
            }
            List<Trial> valid = stored.trialsOf(cell.id()).stream()
                    .filter(trial -> trial.outcome() == Outcome.VALID)
                    .toList();
            long open = valid.stream()
                    .filter(trial -> !isBracketed(trial, sweep.precision()))
                    .count();
            if (open > 0) {
                findings.add(new FairnessFinding(
                        ID,
                        Severity.NOTE,
                        String.format(
                                Locale.ROOT,
                                "%s on %s ran out of steps or time before a rate just above its highest one failed in %d of %d sweeps: it"
                                        + " may do more; raise load.sweep.maxSteps or load.sweep.maxSeconds.",
                                cell.engineName(),
                                cell.workload(),
                                open,
                                valid.size())));
            }
        }
        return findings;
    }

    private static boolean isBracketed(Trial trial, double precision) {
        double knee = trial.kneeOpsPerSecond().orElse(0);
        double most = knee * (1 + precision) * (1 + ROUNDING);
        // the knee itself may have failed once, before it held
        return trial.steps().stream()
                .anyMatch(step -> step.rateOpsPerSecond() > knee && step.rateOpsPerSecond() <= most && !step.held());
    }
}
