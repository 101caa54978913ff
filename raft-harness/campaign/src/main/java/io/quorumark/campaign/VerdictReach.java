package io.quorumark.campaign;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.stats.SignFlip;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a campaign's blocks can support any verdict at all: the smallest p-value that a sign-flip test of so many blocks can give, times
 * the number of comparisons as in Holm's adjustment, must not exceed what the plan's confidence leaves.
 */
public final class VerdictReach {
    private VerdictReach() {}

    /** What to ask for instead; empty if verdicts can be reached, and if the plan wants none. */
    public static Optional<String> doubt(Campaign campaign) {
        Campaign.Design design = campaign.design();
        long comparisons = campaign.cells().stream()
                .filter(cell -> !cell.isHarnessCeiling() && !cell.engine().equals(design.referenceEngine()))
                .count();
        int blocks = campaign.blockOrder().size();
        double alpha = 1 - design.confidence();
        if (!design.supportsVerdicts() || comparisons == 0 || reaches(blocks, comparisons, alpha)) {
            return Optional.empty();
        }
        int enough = blocks;
        while (!reaches(enough, comparisons, alpha)) {
            enough++;
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%d blocks cannot call a difference in any of %d comparisons: the smallest p that they can give is %.3g, %.3g after Holm's"
                        + " adjustment, and %.3g is needed; ask for %d blocks or more, or for fewer engines or workloads",
                blocks,
                comparisons,
                SignFlip.smallestPValue(blocks),
                Math.min(1, comparisons * SignFlip.smallestPValue(blocks)),
                alpha,
                enough));
    }

    private static boolean reaches(int blocks, long comparisons, double alpha) {
        return comparisons * SignFlip.smallestPValue(blocks) <= alpha;
    }
}
