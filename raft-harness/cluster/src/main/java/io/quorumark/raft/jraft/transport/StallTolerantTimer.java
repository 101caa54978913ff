package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.util.timer.Timeout;
import com.alipay.sofa.jraft.util.timer.Timer;
import com.alipay.sofa.jraft.util.timer.TimerTask;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A timer that does not draw conclusions right after this process stood still.
 *
 * <p>What looks at such a timer asks how long ago somebody else was heard. After a pause of this process (no processor,
 * a stopped virtual machine, a long collection) the words of others
 * wait unread, and a look then finds everybody dead: a leader would step down and a follower would stand for election,
 * though nobody was lost. A task that comes late by more than a
 * quarter of its delay is therefore put off, {@value #MOST_PUT_OFFS} times in a row at most: who is dead indeed is
 * found dead a little later.
 */
final class StallTolerantTimer implements Timer {
    static final int MOST_PUT_OFFS = 3;
    private static final int TOLERATED_PART_OF_DELAY = 4;

    private final Timer timer;
    private final int putOffDelays;
    private final LongSupplier nanoClock;

    /**
     * @param putOffDelays by how many of its delays a task is put off, 1 at least
     * @param nanoClock like {@link System#nanoTime}
     */
    StallTolerantTimer(Timer timer, int putOffDelays, LongSupplier nanoClock) {
        this.timer = timer;
        this.putOffDelays = putOffDelays;
        this.nanoClock = nanoClock;
    }

    @Override
    public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
        Look look = new Look(task, unit.toNanos(delay));
        look.arm(1);
        return look;
    }

    @Override
    public Set<Timeout> stop() {
        return timer.stop();
    }

    private final class Look implements Timeout, TimerTask {
        private final TimerTask task;
        private final long delayNanos;
        private long dueNanos;
        private int putOffs;
        private boolean cancelled;
        private @Nullable Timeout current;

        Look(TimerTask task, long delayNanos) {
            this.task = task;
            this.delayNanos = delayNanos;
        }

        synchronized void arm(int delays) {
            if (!cancelled) {
                dueNanos = nanoClock.getAsLong() + delays * delayNanos;
                current = timer.newTimeout(this, delays * delayNanos, TimeUnit.NANOSECONDS);
            }
        }

        @Override
        public void run(Timeout expired) throws Exception {
            if (comesLate()) {
                arm(putOffDelays);
            } else {
                task.run(this);
            }
        }

        private synchronized boolean comesLate() {
            long lateNanos = nanoClock.getAsLong() - dueNanos;
            return lateNanos > delayNanos / TOLERATED_PART_OF_DELAY && putOffs++ < MOST_PUT_OFFS;
        }

        @Override
        public Timer timer() {
            return StallTolerantTimer.this;
        }

        @Override
        public TimerTask task() {
            return task;
        }

        @Override
        public synchronized boolean isExpired() {
            return current != null && current.isExpired();
        }

        @Override
        public synchronized boolean isCancelled() {
            return cancelled;
        }

        @Override
        public synchronized boolean cancel() {
            cancelled = true;
            return current != null && current.cancel();
        }
    }
}
