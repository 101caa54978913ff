package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatchUpTest {
    private static final long ROUND_NANOS = 100;

    private final CatchUp catchUp = new CatchUp(ROUND_NANOS);

    @Test
    void a_learner_that_has_everything_has_caught_up() {
        assertThat(catchUp.look(500, 500, 0)).isTrue();
    }

    @Test
    void a_learner_that_comes_to_where_the_leader_was_within_a_round_has_caught_up() {
        assertThat(catchUp.look(500, 0, 0)).isFalse();
        assertThat(catchUp.look(700, 499, 50)).isFalse();
        assertThat(catchUp.look(720, 500, 100)).isTrue();
    }

    @Test
    void a_round_that_took_too_long_is_followed_by_another() {
        assertThat(catchUp.look(500, 0, 0)).isFalse();
        assertThat(catchUp.look(900, 500, 101)).isFalse();
        assertThat(catchUp.entriesBehind()).isEqualTo(400);
        assertThat(catchUp.look(950, 899, 150)).isFalse();
        assertThat(catchUp.look(960, 900, 201)).isTrue();
    }
}
