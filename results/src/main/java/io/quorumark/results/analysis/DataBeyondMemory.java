package io.quorumark.results.analysis;

import io.quorumark.results.analysis.Finding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.StoredCampaign;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says on which workloads an engine's whole data fitted into its memory budget: reads then measure caches. */
final class DataBeyondMemory implements FairnessCheck {
    private static final String ID = "data-beyond-memory";

    @Override
    public List<Finding> check(StoredCampaign stored) {
        Map<String, Double> largestShare = new LinkedHashMap<>();
        for (Trial trial : stored.trials()) {
            Cell cell = stored.campaign().cell(trial.cellId());
            if (trial.outcome() == Outcome.VALID && !cell.isHarnessCeiling() && cell.memoryBudgetBytes() > 0) {
                double perMember =
                        (double) trial.resources().diskBytes() / cell.cluster().members();
                largestShare.merge(cell.workload(), perMember / cell.memoryBudgetBytes(), Math::max);
            }
        }
        List<String> inMemory = largestShare.entrySet().stream()
                .filter(share -> share.getValue() < 1)
                .map(Map.Entry::getKey)
                .toList();
        return inMemory.isEmpty()
                ? List.of()
                : List.of(new Finding(
                        ID,
                        Severity.NOTE,
                        "On " + String.join(", ", inMemory)
                                + " each member's data fitted into the memory budget: reads were served from memory."));
    }
}
