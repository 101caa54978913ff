package io.quorumark.results.analysis;

import io.quorumark.results.analysis.Finding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Verification;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Trials of one workload issued the same operations, as far as the shorter of two went. */
final class SameStream implements FairnessCheck {
    private static final String ID = "same-operations";

    @Override
    public List<Finding> check(StoredCampaign stored) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Trial> firstOfWorkload = new HashMap<>();
        for (Trial trial : stored.trials()) {
            if (trial.verification() == null) {
                continue;
            }
            Cell cell = stored.campaign().cell(trial.cellId());
            Trial first = firstOfWorkload.putIfAbsent(
                    cell.workload() + "/" + cell.load().records(), trial);
            if (first != null && first.verification() != null && differ(first.verification(), trial.verification())) {
                findings.add(new Finding(
                        ID,
                        Severity.UNFAIR,
                        "Block " + (trial.block() + 1) + " of " + cell.engineName() + " on " + cell.workload()
                                + " issued other operations than block " + (first.block() + 1) + " of "
                                + stored.campaign().cell(first.cellId()).engineName() + "."));
            }
        }
        return findings;
    }

    /** At the longest prefix that both have; streams without a common prefix cannot be shown to be the same. */
    private static boolean differ(Verification one, Verification other) {
        return one.streamDigests().keySet().stream()
                .filter(other.streamDigests()::containsKey)
                .max(Comparator.comparingLong(Long::parseLong))
                .map(longest -> !Objects.equals(
                        one.streamDigests().get(longest), other.streamDigests().get(longest)))
                .orElse(true);
    }
}
