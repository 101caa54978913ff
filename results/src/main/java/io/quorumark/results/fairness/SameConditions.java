package io.quorumark.results.fairness;

import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Cells that are compared acknowledge at the same durability, with the same memory, members, reads and load. */
final class SameConditions implements FairnessCheck {
    private static final String ID = "same-conditions";

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        Map<String, Function<Cell, Object>> conditions = new LinkedHashMap<>();
        conditions.put(
                "durability of acknowledged writes", cell -> cell.cluster().logDurability());
        conditions.put("memory budget", Cell::memoryBudgetBytes);
        conditions.put("number of members", cell -> cell.cluster().members());
        conditions.put("transport", cell -> cell.cluster().transport());
        conditions.put("read consistency", cell -> cell.cluster().readConsistency());
        conditions.put("target", Cell::target);
        // a known-slowdown arm is driven otherwise on purpose, and compared with nothing but its reference
        conditions.put("load", cell -> cell.load().slowedBy(0, null));

        List<FairnessFinding> findings = new ArrayList<>();
        Map<String, Cell> firstOfWorkload = new LinkedHashMap<>();
        for (Cell cell : stored.campaign().cells()) {
            Cell first = firstOfWorkload.putIfAbsent(cell.workload(), cell);
            if (first == null) {
                continue;
            }
            conditions.forEach((name, condition) -> {
                if (!Objects.equals(condition.apply(first), condition.apply(cell))) {
                    findings.add(new FairnessFinding(
                            ID,
                            Severity.UNFAIR,
                            "On " + cell.workload() + " " + cell.engineName() + " ran with another " + name + " ("
                                    + condition.apply(cell) + ") than " + first.engineName() + " ("
                                    + condition.apply(first) + ")."));
                }
            });
        }
        return findings;
    }
}
