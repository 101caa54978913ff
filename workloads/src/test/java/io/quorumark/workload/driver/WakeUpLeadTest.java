package io.quorumark.workload.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WakeUpLeadTest {
    private static final double MICRO = 1_000;

    private static long[] lateNanos(int count) {
        SplittableRandom random = new SplittableRandom(7);
        // at least 20 microseconds, with a tail
        return LongStream.range(0, count)
                .map(i -> (long) (20 * MICRO - 15 * MICRO * Math.log(1 - random.nextDouble())))
                .toArray();
    }

    private static double spentShare(long[] lateNanos, long leadNanos, double gapNanos) {
        double spent = LongStream.of(lateNanos)
                .map(late -> Math.max(0, leadNanos - late))
                .average()
                .orElseThrow();
        return spent / gapNanos;
    }

    @Test
    void a_lead_leaves_no_more_than_its_share_of_the_time_to_look_at_the_clock() {
        long[] late = lateNanos(200);
        for (double gapMicros : new double[] {50, 100, 200, 1_000, 100_000}) {
            WakeUpLead lead = WakeUpLead.of(late, gapMicros * MICRO);

            assertThat(spentShare(late, lead.leadNanos(), gapMicros * MICRO))
                    .as("at gaps of %s", gapMicros)
                    .isPositive()
                    .isLessThanOrEqualTo(WakeUpLead.MOST_SHARE);
        }
    }

    @Test
    void the_longer_the_gaps_the_longer_the_lead_up_to_the_90th_percentile() {
        long[] late = lateNanos(200);
        long sorted90 = LongStream.of(late).sorted().toArray()[179];

        assertThat(WakeUpLead.of(late, 100 * MICRO).leadNanos())
                .isLessThan(WakeUpLead.of(late, 200 * MICRO).leadNanos())
                .isLessThan(sorted90);
        assertThat(WakeUpLead.of(late, 1e9).leadNanos()).isEqualTo(sorted90);
    }

    @Test
    void nothing_is_led_by_where_a_sleep_takes_longer_than_a_gap() {
        assertThat(WakeUpLead.of(lateNanos(200), 10 * MICRO).leadNanos()).isZero();
    }

    @Test
    void a_measurement_is_bounded_in_number_and_in_time() {
        long[] now = {0};
        int[] parked = {0};
        long[] lateNanos = {40_000};
        NanoClock clock = new NanoClock() {
            @Override
            public long nanoTime() {
                return now[0];
            }

            @Override
            public void parkUntil(long deadlineNanos) {
                parked[0]++;
                now[0] = deadlineNanos + lateNanos[0];
            }
        };
        assertThat(WakeUpLead.measure(clock, 1e6)).isEqualTo(new WakeUpLead(193, 40_000, 40_000, 40_000));
        assertThat(now[0]).isLessThan(202_000_000);
        now[0] = 0;
        assertThat(WakeUpLead.measure(clock, 1e5).wakeUps()).isEqualTo(200);
        now[0] = 0;
        parked[0] = 0;
        lateNanos[0] = -50_000;
        assertThat(WakeUpLead.measure(clock, 1e5)).as("woken up by others").isEqualTo(WakeUpLead.NONE);
        assertThat(parked[0]).isEqualTo(200);
    }

    @Test
    void percentiles_of_what_was_measured_are_told() {
        WakeUpLead lead = WakeUpLead.of(LongStream.rangeClosed(1, 100).toArray(), 1e9);

        assertThat(lead.wakeUps()).isEqualTo(100);
        assertThat(lead.p50Nanos()).isCloseTo(50, within(1L));
        assertThat(lead.p99Nanos()).isEqualTo(100);
        assertThat(lead.leadNanos()).isEqualTo(90);
    }
}
