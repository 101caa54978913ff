package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.util.SPI;
import com.alipay.sofa.jraft.util.timer.DefaultRaftTimerFactory;
import com.alipay.sofa.jraft.util.timer.Timeout;
import com.alipay.sofa.jraft.util.timer.Timer;
import com.alipay.sofa.jraft.util.timer.TimerTask;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The library's timers, with other times:
 *
 * <ul>
 *   <li>Election timers go off {@value #LOOKS_PER_ROUND} times as often. A follower of this library does not wait from
 *       the leader's last word on: every round, an election timeout and half of it at random, it looks whether that
 *       word is older than an election timeout. A leader that is lost right after such a look was noticed two and a
 *       half election timeouts later. How old the word must be is not changed here, only how often a follower looks.
 *   <li>A first candidacy is as much shorter, later ones are not ({@link BackingOff}).
 *   <li>A leader is no less patient than its followers ({@link LeaderLooks}).
 *   <li>No look right after this process stood still ({@link StallTolerantTimer}), at a leader's followers either.
 * </ul>
 *
 * <p>Made by the library through its service file.
 */
@SPI(priority = 100)
public final class ElectionTimers extends DefaultRaftTimerFactory {
    private static final int LOOKS_PER_ROUND = 3;

    @Override
    public Timer getElectionTimer(boolean shared, String name) {
        return new Hastened(
                new StallTolerantTimer(super.getElectionTimer(shared, name), LOOKS_PER_ROUND, System::nanoTime));
    }

    @Override
    public Timer getVoteTimer(boolean shared, String name) {
        return new BackingOff(tolerant(super.getVoteTimer(shared, name)), LOOKS_PER_ROUND, System::nanoTime);
    }

    @Override
    public Timer getStepDownTimer(boolean shared, String name) {
        return new LeaderLooks(tolerant(super.getStepDownTimer(shared, name)));
    }

    private static Timer tolerant(Timer timer) {
        return new StallTolerantTimer(timer, 1, System::nanoTime);
    }

    private record Hastened(Timer timer) implements Timer {
        @Override
        public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
            return timer.newTimeout(task, unit.toMicros(delay) / LOOKS_PER_ROUND, TimeUnit.MICROSECONDS);
        }

        @Override
        public Set<Timeout> stop() {
            return timer.stop();
        }
    }
}
