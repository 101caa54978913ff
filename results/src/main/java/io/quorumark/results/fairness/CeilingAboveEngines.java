package io.quorumark.results.fairness;

import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.cell.HarnessCeiling;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.store.StoredCampaign;
import java.util.List;
import java.util.Locale;

/**
 * The engine that stores nothing carries more than any that does. A ceiling below an engine is a broken instrument: no share of it says
 * anything.
 */
final class CeilingAboveEngines implements FairnessCheck {
    private static final String ID = "ceiling";

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        Campaign campaign = stored.campaign();
        List<CellSummary> cells = campaign.cells().stream()
                .map(cell -> CellSummary.of(cell, stored.trialsOf(cell.id())))
                .toList();
        return cells.stream()
                .filter(each -> each.cell().isHarnessCeiling())
                .flatMap(ceiling -> HarnessCeiling.fasterEngine(
                                ceiling, cells, campaign.design().confidence())
                        .stream()
                        .map(engine -> new FairnessFinding(
                                ID,
                                Severity.NOTE,
                                sentence(ceiling, engine, campaign.design().confidence()))))
                .toList();
    }

    private static String sentence(CellSummary ceiling, CellSummary engine, double confidence) {
        return String.format(
                Locale.ROOT,
                "The harness ceiling of %s is a broken instrument: the engine that stores nothing carried %,.0f operations per second, and"
                        + " %s %,.0f. No share of it is told.",
                ceiling.cell().workload(),
                HarnessCeiling.rate(ceiling, confidence),
                engine.cell().engineName(),
                HarnessCeiling.rate(engine, confidence));
    }
}
