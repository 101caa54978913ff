package io.quorumark.results.fairness;

import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.MemoryLimit;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Every engine kept to its memory budget as far as it can tell, and all trials of a workload ran under the same memory limit of the kernel.
 */
final class KeptMemory implements FairnessCheck {
    private static final String ID = "kept-memory";

    /** Caches may exceed their capacity for as long as their entries are in use. */
    private static final double MARGIN = 1.25;

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        List<FairnessFinding> findings = new ArrayList<>();
        Map<String, Long> limitOfWorkload = new LinkedHashMap<>();
        for (Trial trial : stored.trials()) {
            if (trial.outcome() != Outcome.VALID) {
                continue;
            }
            Cell cell = stored.campaign().cell(trial.cellId());
            double used = trial.costs().of(Cost.ENGINE_MEMORY).orElse(0);
            if (used > MARGIN * cell.memoryBudgetBytes()) {
                findings.add(new FairnessFinding(
                        ID,
                        Severity.UNFAIR,
                        String.format(
                                Locale.ROOT,
                                "In %s an engine used %.0f MiB of memory by its own account; its budget was %d MiB.",
                                TrialLabels.of(cell, trial),
                                used / (1 << 20),
                                cell.memoryBudgetBytes() >> 20)));
            }
            MemoryLimit limit = trial.costs().memoryLimit();
            long limitBytes = limit == null ? 0 : limit.limitBytes();
            Long first = limitOfWorkload.putIfAbsent(cell.workload(), limitBytes);
            if (first != null && first != limitBytes) {
                findings.add(new FairnessFinding(
                        ID,
                        Severity.UNFAIR,
                        TrialLabels.of(cell, trial) + " ran under " + text(limitBytes)
                                + ", other trials of this workload under " + text(first) + "."));
            }
        }
        return findings;
    }

    private static String text(long limitBytes) {
        return limitBytes == 0 ? "no memory limit" : "a memory limit of " + (limitBytes >> 20) + " MiB";
    }
}
