package io.quorumark.results.fairness;

import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cost;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names engines that put work off until after the clock stopped: by the settled clock they are slower than by the acknowledged one. */
final class CompactionDebt implements FairnessCheck {
    private static final String ID = "compaction-debt";

    /** Members apply their last entries after the clock has stopped: that alone takes some of a short window. */
    private static final double SHARE_THAT_MATTERS = 0.1;

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        Campaign campaign = stored.campaign();
        List<FairnessFinding> findings = new ArrayList<>();
        campaign.cells().stream()
                .filter(cell -> !cell.isHarnessCeiling())
                .map(cell -> CellSummary.of(cell, stored.trialsOf(cell.id())))
                .forEach(cell -> {
                    double confidence = campaign.design().confidence();
                    Optional<Interval> settled = cell.cost(Cost.SETTLED_OPERATIONS_PER_SECOND, confidence);
                    double acknowledged = cell.throughputOpsPerSecond(confidence)
                            .map(Interval::estimate)
                            .orElse(0.0);
                    double debt = cell.cost(Cost.DEBT_BYTES, confidence)
                            .map(Interval::estimate)
                            .orElse(0.0);
                    settled.filter(rate -> debt > 0 && rate.estimate() < (1 - SHARE_THAT_MATTERS) * acknowledged)
                            .ifPresent(rate -> findings.add(new FairnessFinding(
                                    ID,
                                    Severity.NOTE,
                                    String.format(
                                            Locale.ROOT,
                                            "%s on %s owed %.0f MiB of rewriting when the clock stopped: %.0f ops/s until then, %.0f until"
                                                    + " that had settled.",
                                            cell.cell().engineName(),
                                            cell.cell().workload(),
                                            debt / (1 << 20),
                                            acknowledged,
                                            rate.estimate()))));
                });
        return findings;
    }
}
