package io.quorumark.raft.jraft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.util.timer.Timer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ElectionTimersTest {
    @Test
    void the_library_takes_its_timers_from_here() {
        assertThat(NodeImpl.TIMER_FACTORY).isInstanceOf(ElectionTimers.class);
    }

    /** A machine that stands still for long puts them off; those that are not hastened never go off in time. */
    @Test
    void election_and_vote_timers_go_off_early_and_others_do_not() throws InterruptedException {
        boolean early = false;
        for (int attempt = 0; attempt < 3 && !early; attempt++) {
            early = goOffEarlyAloneOfAll();
        }
        assertThat(early).isTrue();
    }

    private static boolean goOffEarlyAloneOfAll() throws InterruptedException {
        ElectionTimers timers = new ElectionTimers();
        Timer election = timers.getElectionTimer(false, "election");
        Timer vote = timers.getVoteTimer(false, "vote");
        Timer stepDown = timers.getStepDownTimer(false, "step-down");
        try {
            CountDownLatch hastened = new CountDownLatch(2);
            CountDownLatch others = new CountDownLatch(1);
            election.newTimeout(timeout -> hastened.countDown(), 9, TimeUnit.SECONDS);
            vote.newTimeout(timeout -> hastened.countDown(), 9, TimeUnit.SECONDS);
            stepDown.newTimeout(timeout -> others.countDown(), 9, TimeUnit.SECONDS);

            return hastened.await(8, TimeUnit.SECONDS) && others.getCount() == 1;
        } finally {
            election.stop();
            vote.stop();
            stepDown.stop();
        }
    }
}
