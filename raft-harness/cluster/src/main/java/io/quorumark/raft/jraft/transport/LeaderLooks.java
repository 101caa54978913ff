package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.util.timer.Timeout;
import com.alipay.sofa.jraft.util.timer.Timer;
import com.alipay.sofa.jraft.util.timer.TimerTask;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The timer at which a leader looks for its followers, and how long those may have been silent when it looks.
 *
 * <p>The library gives the leadership up when a majority's last answered message was sent longer ago than the lease of
 * reads, 0.9 election timeouts. Followers wait longer: an election timeout from the last message that they have got. A
 * pause that no follower minds would thus cost the group its leader, the outcome of every write that is under way, and
 * an election. A leader here outlasts its followers: it steps down after {@value #PATIENCE_ELECTION_TIMEOUTS} election
 * timeouts without a majority, and before that as soon as another one is elected. Leases of reads stay as short as they
 * are.
 */
final class LeaderLooks implements Timer {
    static final int PATIENCE_ELECTION_TIMEOUTS = 2;

    private static final ThreadLocal<@Nullable Look> CURRENT = new ThreadLocal<>();

    private final Timer timer;

    LeaderLooks(Timer timer) {
        this.timer = timer;
    }

    /**
     * How long ago the last answered message to a follower may have been sent, for whoever asks on this thread.
     *
     * <p>The library looks twice before it steps down. The first look of a pair also renews the lease of reads, and so
     * keeps to the lease; the second one decides.
     */
    static int silenceMillis(int leaseMillis, int electionTimeoutMillis) {
        Look look = CURRENT.get();
        if (look == null) {
            return leaseMillis;
        }
        if (!look.second) {
            look.second = true;
            return leaseMillis;
        }
        return PATIENCE_ELECTION_TIMEOUTS * electionTimeoutMillis;
    }

    @Override
    public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
        return timer.newTimeout(
                expired -> {
                    CURRENT.set(new Look());
                    try {
                        task.run(expired);
                    } finally {
                        CURRENT.remove();
                    }
                },
                delay,
                unit);
    }

    @Override
    public Set<Timeout> stop() {
        return timer.stop();
    }

    private static final class Look {
        private boolean second;
    }
}
