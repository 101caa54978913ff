package io.quorumark.workload.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PauseDetectorTest {
    private static final long MILLI = 1_000_000;

    @Test
    void a_delay_counts_beyond_the_shortest_sleep_and_for_every_wake_up_it_swallowed() {
        PauseDetector.Recording recording = new PauseDetector.Recording();
        recording.add(0, 1_050_000, 0, Long.MAX_VALUE);
        recording.add(1_050_000, 2_100_000, 0, Long.MAX_VALUE);
        recording.add(2_100_000, 2_100_000 + 6_050_000, 0, Long.MAX_VALUE);
        Pauses pauses = recording.pauses(new PauseDetector.Recording());
        assertThat(pauses.maxNanos()).isCloseTo(5 * MILLI, withPercentage(0.2));
        // Two that came in time, and 5, 4, 3, 2 and 1 ms.
        assertThat(pauses.histogram().getTotalCount()).isEqualTo(7);
        assertThat(pauses.stalls()).containsExactly(new Pauses.Stall(2_100_000, 6_050_000));
        assertThat(pauses.stalledSeconds()).isEqualTo(0.00605);
        assertThat(pauses.stalls().get(0).contains(4 * MILLI)).isTrue();
        assertThat(pauses.stalls().get(0).contains(9 * MILLI)).isFalse();
    }

    @Test
    void only_the_window_counts_and_what_reaches_into_it() {
        PauseDetector.Recording recording = new PauseDetector.Recording();
        long mark = 100 * MILLI;
        long end = 200 * MILLI;
        recording.add(0, MILLI, Long.MAX_VALUE, Long.MAX_VALUE);
        recording.add(10 * MILLI, 90 * MILLI, Long.MAX_VALUE, Long.MAX_VALUE);
        recording.add(95 * MILLI, 105 * MILLI, mark, end);
        recording.add(195 * MILLI, 205 * MILLI, mark, end);
        recording.add(205 * MILLI, 300 * MILLI, mark, end);
        assertThat(recording.pauses(new PauseDetector.Recording()).stalls())
                .containsExactly(new Pauses.Stall(-5 * MILLI, 10 * MILLI), new Pauses.Stall(95 * MILLI, 10 * MILLI));
    }

    @Test
    void late_wake_ups_of_the_load_are_listed_apart() throws InterruptedException {
        Timeline timeline = new Timeline(1, false);
        PauseDetector.Recording load = new PauseDetector.Recording();
        load.addStall(10 * MILLI, 10 * MILLI + PauseDetector.STALL_NANOS - 1, 0, Long.MAX_VALUE);
        load.addStall(20 * MILLI, 25 * MILLI, 0, Long.MAX_VALUE);
        load.addStall(22 * MILLI, 30 * MILLI, 0, Long.MAX_VALUE);
        load.addStall(22 * MILLI, 30 * MILLI, 40 * MILLI, Long.MAX_VALUE);
        Pauses pauses = new PauseDetector(NanoClock.system(), timeline, 0).pauses(load);
        assertThat(pauses.loadStalls())
                .containsExactly(new Pauses.Stall(20 * MILLI, 5 * MILLI), new Pauses.Stall(22 * MILLI, 8 * MILLI));
        assertThat(pauses.stalls()).isEmpty();
        assertThat(pauses.histogram().getTotalCount()).isZero();
    }

    @Test
    void the_list_of_stalls_is_bounded() {
        PauseDetector.Recording recording = new PauseDetector.Recording();
        recording.add(0, MILLI, 0, Long.MAX_VALUE);
        for (long i = 1; i <= PauseDetector.MOST_STALLS + 5; i++) {
            recording.add(i * 10 * MILLI, i * 10 * MILLI + 3 * MILLI, 0, Long.MAX_VALUE);
        }
        assertThat(recording.pauses(new PauseDetector.Recording()).stalls()).hasSize(PauseDetector.MOST_STALLS);
        assertThat(recording.pauses(new PauseDetector.Recording()).forgotten()).isEqualTo(5);
    }

    @Test
    void the_thread_sees_a_clock_that_jumps() throws InterruptedException {
        AtomicLong now = new AtomicLong();
        NanoClock jumping = new NanoClock() {
            @Override
            public long nanoTime() {
                return now.get();
            }

            @Override
            public void parkUntil(long deadlineNanos) {
                long sleeps = now.get() / MILLI;
                now.set(sleeps == 20 ? deadlineNanos + 50 * MILLI : deadlineNanos);
            }
        };
        Timeline timeline = new Timeline(1, false);
        timeline.setMark(0);
        timeline.setEnd(100 * MILLI);
        PauseDetector detector = new PauseDetector(jumping, timeline, 0);
        detector.start();
        while (now.get() < 100 * MILLI) {
            Thread.onSpinWait();
        }
        detector.finish();
        assertThat(detector.pauses(new PauseDetector.Recording()).stalls())
                .containsExactly(new Pauses.Stall(20 * MILLI, 51 * MILLI));
    }
}
