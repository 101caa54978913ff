package io.quorumark.results.sample;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.model.DurabilityFinding.Observed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Made-up evidence for the first engines of a sample: one that keeps its promises, and nothing known of the others. */
final class SampleDurability {
    private static final Instant RECORDED = Instant.parse("2026-11-01T00:00:00Z");

    private SampleDurability() {}

    static List<DurabilityFinding> findings(List<Cell> cells) {
        List<DurabilityFinding> findings = new ArrayList<>();
        cells.stream()
                .filter(cell -> !cell.isHarnessCeiling())
                .map(Cell::engine)
                .distinct()
                .limit(1)
                .forEach(engine -> {
                    findings.add(finding(engine, "PROCESS_CRASH", 0, 0.01));
                    findings.add(finding(engine, "POWER_LOSS", 100, 1.01));
                });
        return findings;
    }

    private static DurabilityFinding finding(String engine, String level, int powerCuts, double syncsPerCommit) {
        return new DurabilityFinding(
                engine,
                "1.0",
                level,
                true,
                Observed.KEPT,
                1000,
                powerCuts,
                syncsPerCommit,
                List.of(),
                "",
                20,
                RECORDED,
                "Linux 6.1");
    }
}
