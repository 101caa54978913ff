package io.quorumark.campaign.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.campaign.support.HarnessException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChildEndTest {
    @Test
    void the_status_is_told() throws IOException {
        Process process = new ProcessBuilder("sh", "-c", "exit 5").start();
        assertThat(ChildEnd.within(Duration.ofSeconds(30), process, "the shell"))
                .isEqualTo(5);
    }

    @Test
    void one_that_does_not_end_is_named_with_its_process_and_state() throws IOException {
        Process process = new ProcessBuilder("sleep", "1000").start();
        try {
            assertThatThrownBy(() -> ChildEnd.within(Duration.ofMillis(50), process, "the sleeper"))
                    .isInstanceOf(HarnessException.class)
                    .hasMessageStartingWith("the sleeper (process " + process.pid() + ", state ")
                    .hasMessageContaining("has not ended within 50 ms")
                    .hasMessageNotContaining("\n");
        } finally {
            ChildEnd.byKilling(process, "the sleeper");
        }
        assertThat(process.isAlive()).isFalse();
    }
}
