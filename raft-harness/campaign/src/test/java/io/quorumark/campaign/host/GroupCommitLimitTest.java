package io.quorumark.campaign.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitLimitTest {
    @TempDir
    Path folder;

    @Test
    void whole_batches_are_counted_and_no_file_is_left() throws Exception {
        double writesPerSecond = GroupCommitLimit.measure(folder, 3, 64, Duration.ofMillis(200));
        assertThat(writesPerSecond).isPositive();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void syncs_are_timed_and_no_file_is_left() throws Exception {
        SyncRate rate = SyncRate.measure(folder, Duration.ofMillis(100));
        assertThat(rate.p50Micros()).isPositive().isLessThanOrEqualTo(rate.p99Micros());
        assertThat(rate.perSecond()).isPositive();
        assertThat(folder).isEmptyDirectory();
    }
}
