package io.quorumark.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.plan.Plan;
import io.quorumark.campaign.plan.Profiles;
import io.quorumark.results.stats.VerdictReach;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign that can call nothing says so before it runs. */
class PlannedReachTest {
    @TempDir
    Path data;

    @Test
    void eight_blocks_cannot_call_any_of_twelve_comparisons_and_nine_can() throws Exception {
        assertThat(tooShort("adr", 8).map(VerdictReach::sentence))
                .contains(
                        "With 8 blocks no difference can be called in any of 12 comparisons, however large: the smallest p that can"
                                + " come out is 0.0938 after Holm's adjustment, and 0.0500 is needed; run at least 9 blocks, or compare"
                                + " fewer cells.");
        assertThat(tooShort("adr", 9)).isEmpty();
    }

    @Test
    void a_profile_that_calls_nothing_has_nothing_to_doubt() throws Exception {
        assertThat(tooShort("quick", 2)).isEmpty();
    }

    private Optional<VerdictReach> tooShort(String profile, int blocks) throws Exception {
        Plan plan = Plan.EMPTY
                .with("workloads", List.of("ycsb-a", "session-store", "control-plane"))
                .with("trials.blocks", blocks)
                .with("trials.maxBlocks", blocks);
        return PlannedReach.tooShort(
                new CampaignBuilder(Profiles.complete(null, profile, plan)).build(data, "1", id -> "command"));
    }
}
