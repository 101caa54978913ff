package io.quorumark.raft.jraft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaderLooksTest {
    private static final int LEASE_MILLIS = 270;
    private static final int PATIENCE_MILLIS = 600;

    private final HandTimer hand = new HandTimer();
    private final LeaderLooks timer = new LeaderLooks(hand);
    private final MemberOptions options = new MemberOptions(null);

    LeaderLooksTest() {
        options.setElectionTimeoutMs(300);
    }

    private List<Integer> askedInOneLook(int times) throws Exception {
        List<Integer> answers = new ArrayList<>();
        timer.newTimeout(
                expired -> {
                    for (int i = 0; i < times; i++) {
                        answers.add(options.getLeaderLeaseTimeoutMs());
                    }
                },
                150,
                TimeUnit.MILLISECONDS);
        hand.goOff();
        return answers;
    }

    @Test
    void the_look_that_renews_the_lease_keeps_to_it_and_the_one_that_decides_is_patient() throws Exception {
        assertThat(askedInOneLook(3)).containsExactly(LEASE_MILLIS, PATIENCE_MILLIS, PATIENCE_MILLIS);
        assertThat(askedInOneLook(1)).containsExactly(LEASE_MILLIS);
        assertThat(hand.delayMillis()).isEqualTo(150);
    }

    @Test
    void reads_go_by_the_lease_after_a_look_too_even_one_that_failed() throws Exception {
        assertThat(options.getLeaderLeaseTimeoutMs()).isEqualTo(LEASE_MILLIS);
        askedInOneLook(2);
        assertThat(options.getLeaderLeaseTimeoutMs()).isEqualTo(LEASE_MILLIS);
        timer.newTimeout(
                expired -> {
                    throw new IllegalStateException("looked");
                },
                150,
                TimeUnit.MILLISECONDS);
        assertThatThrownBy(hand::goOff).hasMessage("looked");
        assertThat(options.getLeaderLeaseTimeoutMs()).isEqualTo(LEASE_MILLIS);
    }
}
