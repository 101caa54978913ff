package io.quorumark.raft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.util.timer.Timeout;
import com.alipay.sofa.jraft.util.timer.Timer;
import com.alipay.sofa.jraft.util.timer.TimerTask;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StallTolerantTimerTest {
    private static final long DELAY_MILLIS = 100;

    private final AtomicLong nowNanos = new AtomicLong(1);
    private final AtomicInteger looks = new AtomicInteger();
    private final HandTimer hand = new HandTimer();
    private final Timer timer = new StallTolerantTimer(hand, nowNanos::get);

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
        assertThat(hand.task).isNull();
    }

    @Test
    void what_comes_after_a_stall_is_put_off_until_others_could_be_heard() throws Exception {
        start();
        comesAfter(350);
        assertThat(looks).hasValue(0);
        comesAfter(DELAY_MILLIS);
        assertThat(looks).hasValue(1);
    }

    @Test
    void a_process_that_always_stalls_looks_in_the_end() throws Exception {
        start();
        for (int i = 0; i < StallTolerantTimer.MOST_PUT_OFFS; i++) {
            comesAfter(350);
            assertThat(looks).hasValue(0);
        }
        comesAfter(350);
        assertThat(looks).hasValue(1);
    }

    @Test
    void what_is_cancelled_while_it_is_put_off_does_not_run() throws Exception {
        Timeout timeout = start();
        comesAfter(350);
        timeout.cancel();
        assertThat(timeout.isCancelled()).isTrue();
        assertThat(hand.task).isNull();
    }

    /** Goes off when it is told to. */
    private static final class HandTimer implements Timer {
        private @Nullable TimerTask task;

        @Override
        public Timeout newTimeout(TimerTask newTask, long delay, TimeUnit unit) {
            task = newTask;
            return new HandTimeout();
        }

        void goOff() throws Exception {
            TimerTask due = task;
            task = null;
            assertThat(due).isNotNull();
            if (due != null) {
                due.run(new HandTimeout());
            }
        }

        @Override
        public Set<Timeout> stop() {
            return Set.of();
        }

        private final class HandTimeout implements Timeout {
            @Override
            public Timer timer() {
                return HandTimer.this;
            }

            @Override
            public TimerTask task() {
                throw new IllegalStateException("nobody asks");
            }

            @Override
            public boolean isExpired() {
                return false;
            }

            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public boolean cancel() {
                task = null;
                return true;
            }
        }
    }
}
