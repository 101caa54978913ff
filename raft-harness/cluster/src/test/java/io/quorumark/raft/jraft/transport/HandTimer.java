package io.quorumark.raft.jraft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.util.timer.Timeout;
import com.alipay.sofa.jraft.util.timer.Timer;
import com.alipay.sofa.jraft.util.timer.TimerTask;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Goes off when it is told to; for one task at a time. */
final class HandTimer implements Timer {
    private @Nullable TimerTask task;
    private long delayMillis;

    /** The delay that was asked for last. */
    long delayMillis() {
        return delayMillis;
    }

    boolean isIdle() {
        return task == null;
    }

    @Override
    public Timeout newTimeout(TimerTask newTask, long delay, TimeUnit unit) {
        task = newTask;
        delayMillis = unit.toMillis(delay);
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
