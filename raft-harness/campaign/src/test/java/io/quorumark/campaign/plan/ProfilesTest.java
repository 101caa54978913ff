package io.quorumark.campaign.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.raft.SnapshotPolicy;
import org.junit.jupiter.api.Test;

class ProfilesTest {
    @Test
    void every_profile_cuts_the_log() {
        for (String profile : Profiles.names()) {
            assertThat(Profiles.resolve(null, profile, Plan.EMPTY)
                            .raft()
                            .settings()
                            .snapshots())
                    .as(profile)
                    .isEqualTo(SnapshotPolicy.MEMBER_DEFAULTS);
        }
    }
}
