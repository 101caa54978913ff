package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.util.timer.Timeout;
import com.alipay.sofa.jraft.util.timer.Timer;
import com.alipay.sofa.jraft.util.timer.TimerTask;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A candidate's timer: a first candidacy is short, so that a split vote costs little; one that follows soon after
 * another lasts as long as the library asks. If votes take longer than a short candidacy lasts, as they do on a busy
 * machine, then candidates that all give up early would never elect anybody.
 */
final class BackingOff implements Timer {
    /** A candidacy after so many of its delays without one is a first one again. */
    private static final int QUIET_DELAYS = 4;

    private final Timer timer;
    private final int part;
    private final LongSupplier nanoClock;
    private @Nullable Long lastNanos;

    /**
     * @param part what a first candidacy's delay is divided by
     * @param nanoClock like {@link System#nanoTime}
     */
    BackingOff(Timer timer, int part, LongSupplier nanoClock) {
        this.timer = timer;
        this.part = part;
        this.nanoClock = nanoClock;
    }

    @Override
    public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
        long micros = unit.toMicros(delay);
        return timer.newTimeout(
                task, isFirst(QUIET_DELAYS * unit.toNanos(delay)) ? micros / part : micros, TimeUnit.MICROSECONDS);
    }

    private synchronized boolean isFirst(long quietNanos) {
        long nowNanos = nanoClock.getAsLong();
        Long last = lastNanos;
        lastNanos = nowNanos;
        return last == null || nowNanos - last > quietNanos;
    }

    @Override
    public Set<Timeout> stop() {
        return timer.stop();
    }
}
