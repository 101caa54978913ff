package io.quorumark.campaign.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LagSamplerTest {
    private final LagSampler lag = new LagSampler(Map::of);

    @Test
    void the_worst_of_each_second_is_kept() {
        lag.add(0, Map.of("a", 100L, "b", 90L));
        lag.add(0, Map.of("a", 110L, "b", 70L));
        lag.add(0, Map.of("a", 120L, "b", 119L));
        lag.add(1, Map.of("a", 125L, "b", 130L));
        assertThat(lag.seen(2)).isEqualTo(Map.of("a", List.of(0L, 5L), "b", List.of(40L, 0L)));
    }

    @Test
    void a_second_without_a_sample_repeats_the_one_before() {
        lag.add(0, Map.of("a", 100L, "b", 90L));
        lag.add(3, Map.of("a", 200L, "b", 193L));
        assertThat(lag.seen(4)).containsEntry("b", List.of(10L, 10L, 10L, 7L));
    }

    @Test
    void a_look_that_fails_ends_the_watch_and_is_told() {
        LagSampler failing = new LagSampler(() -> {
            throw new IllegalStateException("member-2 is gone");
        });
        assertThatThrownBy(failing::sample).hasMessage("member-2 is gone");
        assertThat(failing.stop()).isEmpty();
        assertThat(failing.failure())
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains("applied indexes could not be read")
                        .contains("member-2 is gone"));
    }

    @Test
    void a_look_that_the_end_of_the_watch_interrupts_is_no_failure() {
        LagSampler interrupted = new LagSampler(() -> {
            throw new IllegalStateException("interrupted");
        });
        assertThat(interrupted.stop()).isEmpty();
        assertThatThrownBy(interrupted::sample).hasMessage("interrupted");
        assertThat(interrupted.failure()).isEmpty();
    }

    @Test
    void what_lies_beyond_the_window_is_left_out() {
        lag.add(0, Map.of("a", 100L));
        lag.add(1, Map.of("a", 100L));
        assertThat(lag.seen(1)).containsEntry("a", List.of(0L));
    }
}
