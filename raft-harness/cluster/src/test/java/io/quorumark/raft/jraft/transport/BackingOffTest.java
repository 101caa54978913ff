package io.quorumark.raft.jraft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackingOffTest {
    private static final long DELAY_MILLIS = 300;

    private final AtomicLong nowNanos = new AtomicLong(1);
    private final HandTimer hand = new HandTimer();
    private final BackingOff timer = new BackingOff(hand, 3, nowNanos::get);

    private long candidacyMillis() {
        timer.newTimeout(expired -> {}, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        return hand.delayMillis();
    }

    private void pass(long millis) {
        nowNanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void a_first_candidacy_is_short_and_those_that_follow_are_not() {
        assertThat(candidacyMillis()).isEqualTo(DELAY_MILLIS / 3);
        for (int i = 0; i < 5; i++) {
            pass(DELAY_MILLIS);
            assertThat(candidacyMillis()).isEqualTo(DELAY_MILLIS);
        }
    }

    @Test
    void a_candidacy_long_after_the_last_one_is_a_first_one_again() {
        candidacyMillis();
        pass(5 * DELAY_MILLIS);
        assertThat(candidacyMillis()).isEqualTo(DELAY_MILLIS / 3);
    }
}
