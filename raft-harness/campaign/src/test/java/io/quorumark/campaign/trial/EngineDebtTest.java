package io.quorumark.campaign.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.trial.Deployment.InstanceStats;
import io.quorumark.campaign.trial.EngineDebt.Reading;
import io.quorumark.campaign.trial.EngineDebt.Settled;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EngineDebtTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long nowNanos;

    @Test
    void without_debt_nobody_waits() throws Exception {
        Settled settled = settle(at -> new Reading(0, 0));

        assertThat(settled).isEqualTo(new Settled(0, 0));
        assertThat(nowNanos).isZero();
    }

    @Test
    void debt_is_settled_when_it_last_fell() throws Exception {
        Settled settled = settle(at -> at < 3 * SECOND ? new Reading(3e6 - at / 1e3, 1) : new Reading(5, 0));

        assertThat(settled.remainingBytes()).isEqualTo(5);
        assertThat(settled.atNanos()).isBetween(3 * SECOND, 3 * SECOND + SECOND / 10);
    }

    @Test
    void a_compaction_that_runs_is_waited_for_though_the_debt_stands_still() throws Exception {
        Settled settled = settle(at -> at < 5 * SECOND ? new Reading(9, 1) : new Reading(0, 0));

        assertThat(settled.remainingBytes()).isZero();
        assertThat(settled.atNanos()).isGreaterThanOrEqualTo(5 * SECOND);
    }

    @Test
    void debt_that_never_ends_is_left_after_a_minute() throws Exception {
        Settled settled = settle(at -> new Reading(9, 1));

        assertThat(settled).isEqualTo(new Settled(9, 0));
        assertThat(nowNanos).isBetween(60 * SECOND, 61 * SECOND);
    }

    @Test
    void debt_is_summed_over_all_instances_that_tell() {
        List<InstanceStats> instances = List.of(
                new InstanceStats(true, Map.of("compaction.pending.bytes", 3.0, "compaction.running", 1.0)),
                new InstanceStats(false, Map.of("compaction.pending.bytes", 4.0, "flush.pending", 2.0)),
                new InstanceStats(false, Map.of("data.keys", 9.0)));

        assertThat(Reading.of(instances)).isEqualTo(new Reading(7, 3));
    }

    private interface DebtAt {
        Reading read(long nanos);
    }

    private Settled settle(DebtAt debt) throws InterruptedException {
        return EngineDebt.await(() -> debt.read(nowNanos), () -> nowNanos, nanos -> nowNanos += nanos);
    }
}
