package io.quorumark.results.fairness;

import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;

/**
 * Throughput does not fall over the measured window of a trial that counts. If it does, a longer run would have shown less than the
 * figure; the trial counts all the same, and whoever reads the figure is told.
 */
final class FallingThroughput implements FairnessCheck {
    private static final String ID = "falling-throughput";

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        double band = stored.campaign().design().equivalenceBand();
        List<FairnessFinding> findings = new ArrayList<>();
        for (Cell cell : stored.campaign().cells()) {
            CellSummary.of(cell, stored.trialsOf(cell.id()))
                    .slope(band)
                    .sentence()
                    .ifPresent(sentence -> findings.add(new FairnessFinding(
                            ID, Severity.NOTE, cell.engineName() + " on " + cell.workload() + ": " + sentence)));
        }
        return findings;
    }
}
