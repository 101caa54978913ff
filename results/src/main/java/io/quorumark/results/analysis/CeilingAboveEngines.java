package io.quorumark.results.analysis;

import io.quorumark.results.analysis.Finding.Severity;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.store.StoredCampaign;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The engine that stores nothing carries more than any that does. A ceiling below an engine is a broken instrument: no share of it says
 * anything.
 */
final class CeilingAboveEngines implements FairnessCheck {
    private static final String ID = "ceiling";

    @Override
    public List<Finding> check(StoredCampaign stored) {
        Campaign campaign = stored.campaign();
        List<CellSummary> cells = campaign.cells().stream()
                .map(cell -> CellSummary.of(cell, stored.trialsOf(cell.id())))
                .toList();
        return cells.stream()
                .filter(each -> each.cell().isHarnessCeiling())
                .flatMap(ceiling -> fasterThan(ceiling, cells, campaign.design().confidence()).stream()
                        .map(engine -> new Finding(
                                ID,
                                Severity.NOTE,
                                sentence(ceiling, engine, campaign.design().confidence()))))
                .toList();
    }

    /** The fastest engine on the ceiling's workload that carried more than the ceiling; empty if none did, as it should be. */
    static Optional<CellSummary> fasterThan(CellSummary ceiling, List<CellSummary> cells, double confidence) {
        return cells.stream()
                .filter(each -> !each.cell().isHarnessCeiling()
                        && each.cell().workload().equals(ceiling.cell().workload())
                        && !each.cell().load().isPaced()
                        && !each.timesLifecycle()
                        && rate(each, confidence) > rate(ceiling, confidence))
                .max((a, b) -> Double.compare(rate(a, confidence), rate(b, confidence)));
    }

    private static double rate(CellSummary cell, double confidence) {
        return cell.throughputOpsPerSecond(confidence).map(Interval::estimate).orElse(Double.NaN);
    }

    private static String sentence(CellSummary ceiling, CellSummary engine, double confidence) {
        return String.format(
                Locale.ROOT,
                "The harness ceiling of %s is a broken instrument: the engine that stores nothing carried %,.0f operations per second, and"
                        + " %s %,.0f. No share of it is told.",
                ceiling.cell().workload(),
                rate(ceiling, confidence),
                engine.cell().engineName(),
                rate(engine, confidence));
    }
}
