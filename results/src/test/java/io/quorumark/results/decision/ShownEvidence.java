package io.quorumark.results.decision;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.model.DurabilityFinding.Observed;
import io.quorumark.results.model.LinearizabilityFinding;
import io.quorumark.results.sample.SampleCampaign;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Evidence of an invented campaign of which every engine has shown all that its role owes. */
final class ShownEvidence {
    private static final Instant RECORDED = Instant.parse("2026-11-01T00:00:00Z");

    private ShownEvidence() {}

    static Evidence of(SampleCampaign sample) {
        Evidence plain = Evidence.of(List.of(Analysis.of(sample.unsaved())));
        List<DurabilityFinding> durability = new ArrayList<>();
        List<LinearizabilityFinding> histories = new ArrayList<>();
        for (Option option : plain.options()) {
            Cell cell = option.cells().get(0).cell();
            durability.add(durability(cell, "PROCESS_CRASH"));
            durability.add(durability(cell, "POWER_LOSS"));
            histories.add(new LinearizabilityFinding(
                    cell.cluster().stateEngine(),
                    cell.engineVersion(),
                    cell.cluster().logEngine(),
                    3,
                    20,
                    40_000,
                    120,
                    List.of(),
                    0,
                    7,
                    RECORDED,
                    "Linux 6.1"));
        }
        return new Evidence(plain.campaigns(), plain.options(), plain.settings(), durability, histories);
    }

    private static DurabilityFinding durability(Cell cell, String level) {
        return new DurabilityFinding(
                cell.engine(),
                cell.engineVersion(),
                level,
                true,
                Observed.KEPT,
                1000,
                400,
                1,
                List.of(),
                "",
                20,
                RECORDED,
                "Linux 6.1");
    }
}
