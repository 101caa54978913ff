package io.quorumark.raft.jraft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.util.timer.Timeout;
import com.alipay.sofa.jraft.util.timer.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StallTolerantTimerTest {
    private static final long DELAY_MILLIS = 100;
    private static final int PUT_OFF_DELAYS = 3;

    private final AtomicLong nowNanos = new AtomicLong(1);
    private final AtomicInteger looks = new AtomicInteger();
    private final HandTimer hand = new HandTimer();
    private final Timer timer = new StallTolerantTimer(hand, PUT_OFF_DELAYS, nowNanos::get);

    private Timeout start() {
        return timer.newTimeout(timeout -> looks.incrementAndGet(), DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void comesAfter(long millis) throws Exception {
        nowNanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        hand.goOff();
    }

    @Test
    void what_comes_in_time_runs() throws Exception {
        start();
        comesAfter(DELAY_MILLIS + 20);
        assertThat(looks).hasValue(1);
        assertThat(hand.isIdle()).isTrue();
    }

    @Test
    void what_comes_after_a_stall_is_put_off_until_others_could_be_heard() throws Exception {
        start();
        comesAfter(350);
        assertThat(looks).hasValue(0);
        assertThat(hand.delayMillis()).isEqualTo(PUT_OFF_DELAYS * DELAY_MILLIS);
        comesAfter(PUT_OFF_DELAYS * DELAY_MILLIS);
        assertThat(looks).hasValue(1);
    }

    @Test
    void a_process_that_always_stalls_looks_in_the_end() throws Exception {
        start();
        for (int i = 0; i < StallTolerantTimer.MOST_PUT_OFFS; i++) {
            comesAfter(950);
            assertThat(looks).hasValue(0);
        }
        comesAfter(950);
        assertThat(looks).hasValue(1);
    }

    @Test
    void what_is_cancelled_while_it_is_put_off_does_not_run() throws Exception {
        Timeout timeout = start();
        comesAfter(350);
        timeout.cancel();
        assertThat(timeout.isCancelled()).isTrue();
        assertThat(hand.isIdle()).isTrue();
    }
}
