package io.quorumark.results.fairness;

import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Nothing was acknowledged faster than this device can sync. A write that survives power loss waits for a sync that began after it was
 * sent, and one sync serves at most all outstanding operations: more than {@code clients / sync time} cannot be honest. The sync time is
 * the canary's, a median of few, hence the margin.
 */
final class PlausibleSyncs implements FairnessCheck {
    private static final String ID = "plausible-syncs";
    private static final double MARGIN = 3;
    /** Operation classes that change nothing, in the catalogue's workloads. */
    private static final Set<String> READS = Set.of("read", "scan", "get", "exists", "validate");

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        List<FairnessFinding> findings = new ArrayList<>();
        for (Trial trial : stored.trials()) {
            Cell cell = stored.campaign().cell(trial.cellId());
            double syncMicros = trial.canary().syncMicros();
            if (trial.outcome() != Outcome.VALID
                    || cell.isHarnessCeiling()
                    || !acknowledgedDurability(cell).equals("POWER_LOSS")
                    || syncMicros == 0) {
                continue;
            }
            double most = cell.load().clients() * 1e6 / syncMicros;
            double writes = trial.throughputOpsPerSecond() * writeShare(trial);
            if (writes > MARGIN * most) {
                findings.add(new FairnessFinding(
                        ID,
                        Severity.UNFAIR,
                        String.format(
                                Locale.ROOT,
                                "In %s %.0f writes a second were acknowledged as safe from power loss, but with %d"
                                        + " outstanding and %.0f microseconds a sync this device can do %.0f.",
                                TrialLabels.of(cell, trial),
                                writes,
                                cell.load().clients(),
                                syncMicros,
                                most)));
            }
        }
        return findings;
    }

    /** What an acknowledged write of the cell survives. */
    static String acknowledgedDurability(Cell cell) {
        return cell.target().isReplicated()
                ? cell.cluster().logDurability()
                : cell.cluster().stateDurability();
    }

    private static double writeShare(Trial trial) {
        long all = 0;
        long writes = 0;
        for (var latency : trial.latency().entrySet()) {
            if (!latency.getKey().equals(Trial.ALL_OPERATIONS)) {
                all += latency.getValue().count();
                writes += READS.contains(latency.getKey())
                        ? 0
                        : latency.getValue().count();
            }
        }
        return all == 0 ? 0 : (double) writes / all;
    }
}
