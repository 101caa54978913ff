package io.quorumark.campaign;

import io.quorumark.campaign.plan.ResolvedPlan;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.text.Plural;
import java.time.Duration;

/**
 * How much a campaign runs: so many blocks in any case, and up to so many if intervals stay wide.
 *
 * @param blocks at the least
 * @param maxBlocks at the most
 * @param trials in {@code blocks}
 * @param maxTrials in {@code maxBlocks}
 */
public record BlockPlan(int blocks, int maxBlocks, int trials, int maxTrials) {
    public static BlockPlan of(Campaign campaign) {
        int blocks = campaign.design().blocks();
        return new BlockPlan(
                blocks,
                campaign.blockOrder().size(),
                trialsIn(campaign, blocks),
                trialsIn(campaign, campaign.blockOrder().size()));
    }

    private static int trialsIn(Campaign campaign, int blocks) {
        return campaign.blockOrder().stream()
                .limit(blocks)
                .mapToInt(java.util.List::size)
                .sum();
    }

    /** {@code 30 trials}, or {@code 30 to 60 trials}. */
    public String trialsText() {
        return range(trials, maxTrials) + " " + Plural.noun(maxTrials, "trial");
    }

    /** {@code 30 trials in 10 blocks, about 9 min 30 s}; both ends if there are two. */
    public String text(ResolvedPlan plan) {
        Duration least = CampaignRunner.plannedTime(plan, trials);
        Duration most = CampaignRunner.plannedTime(plan, maxTrials);
        return trialsText() + " in " + range(blocks, maxBlocks) + " " + Plural.noun(maxBlocks, "block") + ", about "
                + Durations.text(least, most);
    }

    private static String range(int least, int most) {
        return least == most ? String.valueOf(least) : least + " to " + most;
    }
}
