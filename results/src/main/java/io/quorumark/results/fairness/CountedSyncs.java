package io.quorumark.results.fairness;

import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes that are said to survive power loss were paid for with syncs, and with no more of them than the device can do: the acknowledged
 * rate is at most the device's sync rate times the size of the groups that shared a sync. Rests on the syncs that engines count and on the
 * flushes that the device counts.
 */
final class CountedSyncs implements FairnessCheck {
    private static final String ID = "counted-syncs";

    /** The canary is a median of few, and a log that preallocates syncs faster than one that grows. */
    private static final double MARGIN = 3;

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        List<FairnessFinding> findings = new ArrayList<>();
        for (Trial trial : stored.trials()) {
            Cell cell = stored.campaign().cell(trial.cellId());
            if (trial.outcome() == Outcome.VALID
                    && !cell.isHarnessCeiling()
                    && PlausibleSyncs.acknowledgedDurability(cell).equals("POWER_LOSS")) {
                wrong(trial)
                        .map(wrong -> "In " + TrialLabels.of(cell, trial) + " " + wrong)
                        .ifPresent(sentence -> findings.add(new FairnessFinding(ID, Severity.UNFAIR, sentence)));
            }
        }
        return findings;
    }

    private static Optional<String> wrong(Trial trial) {
        double writes = trial.costs().of(Cost.WRITES).orElse(0);
        if (writes == 0) {
            return Optional.empty();
        }
        if (isNone(trial.costs().of(Cost.LOG_SYNCS))
                || isNone(trial.costs().of(Cost.SYNCS_PER_WRITE))
                || isNone(trial.costs().of(Cost.DEVICE_FLUSHES))) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%.0f writes were acknowledged as safe from power loss without a single sync.",
                    writes));
        }
        OptionalDouble perWrite = trial.costs().of(Cost.SYNCS_PER_WRITE);
        if (perWrite.isEmpty() || trial.canary().syncMicros() == 0) {
            return Optional.empty();
        }
        double writeShare = writes / trial.operations();
        double rate = trial.throughputOpsPerSecond() * writeShare;
        double group = 1 / perWrite.getAsDouble();
        double most = 1e6 / trial.canary().syncMicros() * group;
        return rate <= MARGIN * most
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%.0f writes a second were acknowledged as safe from power loss in groups of %.1f a sync, but"
                                + " at %.0f microseconds a sync this device can do %.0f.",
                        rate,
                        group,
                        trial.canary().syncMicros(),
                        most));
    }

    private static boolean isNone(OptionalDouble counted) {
        return counted.isPresent() && counted.getAsDouble() == 0;
    }
}
