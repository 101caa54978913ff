package io.quorumark.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.util.timer.HashedWheelTimer;
import com.alipay.sofa.jraft.util.timer.Timer;
import io.quorumark.raft.Await;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.ReadConfirmation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfirmedReadTest {
    private static final long AN_HOUR_MILLIS = 3_600_000;

    private final Timer timer = new HashedWheelTimer(1, TimeUnit.MILLISECONDS);
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final ReadConfirmation read = new ReadConfirmation() {
        @Override
        public void onConfirmed() {
            told.add("confirmed");
        }

        @Override
        public void onFailure(RaftFailure failure) {
            told.add(failure.code().name());
        }
    };

    @AfterEach
    void stopTimer() {
        timer.stop();
    }

    @Test
    void a_read_that_has_ended_is_not_held_until_its_time_has_run_out() {
        for (int i = 0; i < 1000; i++) {
            ConfirmedRead.within(AN_HOUR_MILLIS, timer, read).run(Status.OK());
        }
        assertThat(told).hasSize(1000).containsOnly("confirmed");
        // a cancelled timeout is put away with the next tick
        Await.until("no read in the timer", () -> ((HashedWheelTimer) timer).pendingTimeouts() == 0);
    }

    @Test
    void a_read_that_nobody_confirms_times_out_once() {
        ConfirmedRead late = ConfirmedRead.within(1, timer, read);
        Await.until("the timeout", () -> !told.isEmpty());
        late.run(Status.OK());
        assertThat(told).containsExactly("TIMEOUT");
    }

    @Test
    void a_refusal_says_whether_another_attempt_may_succeed() {
        ConfirmedRead.within(AN_HOUR_MILLIS, timer, read).run(new Status(RaftError.EBUSY, "full"));
        ConfirmedRead.within(AN_HOUR_MILLIS, timer, read).run(new Status(RaftError.EPERM, "not the leader"));
        ConfirmedRead.within(AN_HOUR_MILLIS, timer, read)
                .run(new Status(RaftError.EBUSY, "Is transferring leadership."));
        assertThat(told).containsExactly("BUSY", "NO_LEADER", "NO_LEADER");
    }
}
