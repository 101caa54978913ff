package io.quorumark.results.fairness;

import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.cell.ControlArm;
import io.quorumark.results.cell.InjectedStops;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.store.StoredCampaign;
import io.quorumark.results.text.Plural;
import java.util.List;
import java.util.Locale;

/** A campaign with a known-slowdown arm sees the slowdown: one that does not would not see an engine that is slower by as much, either. */
final class KnownSlowdown implements FairnessCheck {
    private static final String ID = "known-slowdown";

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        Campaign campaign = stored.campaign();
        List<CellSummary> cells = campaign.cells().stream()
                .map(cell -> CellSummary.of(cell, stored.trialsOf(cell.id())))
                .toList();
        return ControlArm.of(campaign, cells).stream()
                .filter(arm -> arm.injected() > 0 && !arm.differs())
                .map(arm -> new FairnessFinding(ID, Severity.NOTE, sentence(arm)))
                .toList();
    }

    private static String sentence(ControlArm arm) {
        return arm.stops().map(stops -> sentence(arm, stops)).orElseGet(() -> shareOf(arm));
    }

    private static String sentence(ControlArm arm, InjectedStops stops) {
        return "The trials of " + arm.name() + " had " + stops.sentence()
                + " on purpose, and this campaign does not show all: they were " + stops.outcome() + ".";
    }

    private static String shareOf(ControlArm arm) {
        Interval measured = arm.measuredSlowdown();
        return String.format(
                Locale.ROOT,
                "A slowdown of %.1f %% was injected into %s, and this campaign did not detect it: it measured %.1f %% [%.1f %%, %.1f"
                        + " %%] at %.0f %%, p = %.3f in %s.",
                100 * arm.injected(),
                arm.name(),
                100 * measured.estimate(),
                100 * measured.low(),
                100 * measured.high(),
                Math.floor(100 * measured.confidence()),
                arm.ratio().pValue(),
                Plural.of(arm.ratio().blocks(), "block"));
    }
}
