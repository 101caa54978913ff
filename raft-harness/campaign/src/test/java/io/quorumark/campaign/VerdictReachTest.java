package io.quorumark.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.plan.Plan;
import io.quorumark.campaign.plan.Profiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign that can call nothing says so before it runs. */
class VerdictReachTest {
    @TempDir
    Path data;

    @Test
    void eight_blocks_cannot_call_any_of_twelve_comparisons_and_nine_can() throws Exception {
        assertThat(doubt("adr", 8))
                .contains(
                        "8 blocks cannot call a difference in any of 12 comparisons: the smallest p that they can give is 0.00781,"
                                + " 0.0938 after Holm's adjustment, and 0.0500 is needed; ask for 9 blocks or more, or for fewer engines or"
                                + " workloads");
        assertThat(doubt("adr", 9)).isEmpty();
    }

    @Test
    void a_profile_that_calls_nothing_has_nothing_to_doubt() throws Exception {
        assertThat(doubt("quick", 2)).isEmpty();
    }

    private Optional<String> doubt(String profile, int blocks) throws Exception {
        Plan plan = Plan.EMPTY
                .with("workloads", List.of("ycsb-a", "session-store", "control-plane"))
                .with("trials.blocks", blocks)
                .with("trials.maxBlocks", blocks);
        return VerdictReach.doubt(
                new CampaignBuilder(Profiles.complete(null, profile, plan)).build(data, "1", id -> "command"));
    }
}
