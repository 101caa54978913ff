package io.quorumark.workload.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.workload.Completion;
import io.quorumark.workload.Operation;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.Target;
import io.quorumark.workload.catalog.WorkloadCatalog;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmUpTest {
    private final SteadyWarmUp rule = new SteadyWarmUp(5, 0.10, 60);

    @Test
    void seconds_that_lie_close_together_are_steady() {
        assertThat(rule.isSteady(new double[] {10, 50, 100, 103, 98, 101, 100})).isTrue();
    }

    @Test
    void fewer_seconds_than_asked_for_are_not() {
        assertThat(rule.isSteady(new double[] {100, 100, 100, 100})).isFalse();
        assertThat(rule.isSteady(new double[] {0, 0, 0, 0, 0})).isFalse();
    }

    @Test
    void one_second_out_of_line_is_not() {
        assertThat(rule.isSteady(new double[] {100, 100, 88, 100, 100})).isFalse();
        assertThat(rule.isSteady(new double[] {88, 100, 100, 100, 100, 100})).isTrue();
    }

    @Test
    void a_slow_rise_or_fall_within_the_spread_is_not() {
        assertThat(rule.isSteady(new double[] {100, 102, 104, 106, 108})).isFalse();
        assertThat(rule.isSteady(new double[] {108, 106, 104, 102, 100})).isFalse();
        assertThat(rule.isSteady(new double[] {104, 100, 108, 100, 104})).isTrue();
    }

    @Test
    void a_run_is_measured_once_it_is_steady() throws Exception {
        DriverResult result = run(new SteadyWarmUp(3, 1, 20));
        assertThat(result.warmUpEnd()).isEqualTo(WarmUpEnd.STEADY);
        assertThat(result.warmUpSeconds()).isBetween(3.0, 19.0);
        assertThat(result.windowSeconds()).isEqualTo(0.2);
        assertThat(result.operations()).isPositive();
    }

    @Test
    void a_run_that_never_is_steady_is_measured_after_the_maximum() throws Exception {
        DriverResult result = run(new SteadyWarmUp(3, 1e-9, 3.5));
        assertThat(result.warmUpEnd()).isEqualTo(WarmUpEnd.MAXIMUM);
        assertThat(result.warmUpSeconds()).isBetween(3.5, 10.0);
        assertThat(result.windowSeconds()).isEqualTo(0.2);
    }

    @Test
    void parameters_are_checked() {
        assertThatThrownBy(() -> new SteadyWarmUp(2, 0.1, 10)).hasMessage("seconds is 2, expected 3 to 600");
        assertThatThrownBy(() -> new SteadyWarmUp(10, 0.1, 9))
                .hasMessage("maximumSeconds is 9.0, expected 10 to 36000");
    }

    private static DriverResult run(WarmUpRule warmUp) throws InterruptedException {
        Target target = new Target() {
            @Override
            public void submit(Operation operation, Completion completion) {
                completion.complete(Outcome.OK);
            }

            @Override
            public void close() {}
        };
        LoadDriver driver = new LoadDriver(
                WorkloadCatalog.find("ycsb-c").openStream(1, 100),
                target,
                NanoClock.system(),
                Progress.Listener.NONE,
                1);
        driver.load(1, Duration.ofSeconds(10));
        return driver.run(
                new RunPlan(new Load.ClosedLoop(1), warmUp, new PhaseLimit.Seconds(0.2), Duration.ofSeconds(10), 1));
    }
}
