package io.quorumark.campaign;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.stats.VerdictReach;
import java.util.Optional;

/** Whether a campaign that is still to run plans blocks enough for any verdict at all. */
public final class PlannedReach {
    private PlannedReach() {}

    /** What to ask for instead; empty if verdicts can be reached, and if the plan wants none. */
    public static Optional<VerdictReach> tooShort(Campaign campaign) {
        Campaign.Design design = campaign.design();
        long comparisons = campaign.cells().stream()
                .filter(cell -> !cell.isHarnessCeiling() && !cell.engine().equals(design.referenceEngine()))
                .count();
        return design.supportsVerdicts()
                ? VerdictReach.tooShort(campaign.blockOrder().size(), comparisons, design.confidence())
                : Optional.empty();
    }
}
