package io.quorumark.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BlockPlanTest {
    private static final BlockPlan FIXED = new BlockPlan(3, 3, 12, 12);
    private static final BlockPlan OPEN_ENDED = new BlockPlan(10, 20, 30, 55);

    @Test
    void one_number_where_there_is_one_and_two_where_there_are_two() {
        assertThat(FIXED.trialsText()).isEqualTo("12 trials");
        assertThat(OPEN_ENDED.trialsText()).isEqualTo("30 to 55 trials");
    }

    @Test
    void times_that_read_the_same_are_told_once() {
        assertThat(Durations.text(Duration.ofSeconds(40), Duration.ofMillis(40_200)))
                .isEqualTo("40 s");
        assertThat(Durations.text(Duration.ofSeconds(40), Duration.ofSeconds(125)))
                .isEqualTo("40 s to 2 min 05 s");
    }

    @Test
    void progress_tells_both_ends_until_further_blocks_are_begun() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PlainProgress progress = new PlainProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
            progress.remaining(Duration.ofSeconds(50), Duration.ofSeconds(100));
            progress.trialStarted(30, OPEN_ENDED, "lmdb", "ycsb-a", 9);
            progress.trialEnded("1 op/s");
            progress.trialStarted(31, OPEN_ENDED, "lmdb", "ycsb-a", 10);
            progress.remaining(Duration.ofSeconds(9), Duration.ofSeconds(90));
            progress.trialEnded("2 op/s");
            progress.trialStarted(1, FIXED, "lmdb", "ycsb-a", 0);
            progress.remaining(Duration.ofSeconds(9), Duration.ofSeconds(9));
            progress.trialEnded("3 op/s");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "[30/30-55] block 10  lmdb     ycsb-a  1 op/s  (about 50 s to 1 min 40 s left)",
                        "[31/55] block 11  lmdb     ycsb-a  2 op/s  (about 9 s to 1 min 30 s left)",
                        "[1/12] block 1  lmdb     ycsb-a  3 op/s  (about 9 s left)");
    }
}
