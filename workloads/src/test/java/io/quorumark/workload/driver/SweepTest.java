package io.quorumark.workload.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.quorumark.workload.Completion;
import io.quorumark.workload.Operation;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.Target;
import io.quorumark.workload.Unacknowledged;
import io.quorumark.workload.catalog.WorkloadCatalog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final LatencyObjective OBJECTIVE = LatencyObjective.parse("p99 <= 10 ms");

    /** A queue with one server and exponential times (M/M/1): response times are exponential with mean 1 / (capacity - rate). */
    private static DriverResult queue(double capacity, double rate) {
        double achieved = Math.min(rate, capacity);
        double meanNanos = rate < 0.999 * capacity ? 1e9 / (capacity - rate) : 60e9;
        Histogram response = IntervalHistograms.newHistogram();
        for (int i = 0; i < 20_000; i++) {
            double quantile = (i + 0.5) / 20_000;
            response.recordValue((long) Math.min(60e9, -Math.log(1 - quantile) * meanNanos));
        }
        return result(achieved, 0, response);
    }

    @Test
    void the_knee_of_a_queue_is_where_theory_has_it() throws Exception {
        Sweep sweep = new Sweep(OBJECTIVE, 100, 2, 0.01, 100);
        Sweep.Result result = sweep.run(rate -> queue(5_000, rate));
        // p99 of an exponential distribution is its mean times ln 100.
        double theory = 5_000 - Math.log(100) / 0.010;
        assertThat(result.kneeOpsPerSecond().orElseThrow())
                .isCloseTo(theory, withPercentage(1.1))
                .isLessThan(theory * 1.002);
        assertThat(result.bracketed()).isTrue();
        assertThat(result.steps())
                .extracting(SweepStep::offeredOpsPerSecond)
                .startsWith(100.0, 200.0, 400.0, 800.0, 1_600.0, 3_200.0, 6_400.0);
        assertThat(result.steps().get(6).passed()).isFalse();
        assertThat(result.steps()).hasSizeLessThan(16);
    }

    @Test
    void a_first_rate_that_is_too_high_is_lowered() throws Exception {
        Sweep.Result result = new Sweep(OBJECTIVE, 40_000, 2, 0.05, 100).run(rate -> queue(5_000, rate));
        double theory = 5_000 - Math.log(100) / 0.010;
        assertThat(result.kneeOpsPerSecond().orElseThrow()).isCloseTo(theory, withPercentage(5.1));
        assertThat(result.steps().get(1).offeredOpsPerSecond()).isEqualTo(20_000);
    }

    @Test
    void a_target_that_answers_fast_but_not_all_is_not_sustained() throws Exception {
        Histogram fast = IntervalHistograms.newHistogram();
        fast.recordValueWithCount(1_000, 20_000);
        Sweep.Result result =
                new Sweep(OBJECTIVE, 1_000, 2, 0.1, 3).run(rate -> result(Math.min(rate, 1_500), 0, fast));
        assertThat(result.steps()).extracting(SweepStep::sustained).containsExactly(true, false, true);
        assertThat(result.steps()).extracting(SweepStep::compliance).containsOnly(LatencyObjective.Compliance.MET);
        assertThat(result.bracketed()).isFalse();
    }

    @Test
    void a_rate_at_which_operations_fail_has_not_passed() throws Exception {
        Histogram fast = IntervalHistograms.newHistogram();
        fast.recordValueWithCount(1_000, 20_000);
        Sweep.Result result = new Sweep(OBJECTIVE, 1, 10, 0.1, 100).run(rate -> result(rate, 1, fast));
        assertThat(result.kneeOpsPerSecond()).isEmpty();
        assertThat(result.bracketed()).isFalse();
        assertThat(result.steps()).hasSize(3);
    }

    @Test
    void a_target_without_a_knee_ends_at_the_last_step() throws Exception {
        Histogram fast = IntervalHistograms.newHistogram();
        fast.recordValueWithCount(1_000, 20_000);
        Sweep.Result result = new Sweep(OBJECTIVE, 1_000, 10, 0.1, 4).run(rate -> result(rate, 0, fast));
        assertThat(result.kneeOpsPerSecond()).hasValue(1_000_000);
        assertThat(result.bracketed()).isFalse();
    }

    @Test
    void a_driver_is_swept_step_by_step_on_one_stream() throws Exception {
        Target target = new Target() {
            @Override
            public void submit(Operation operation, Completion completion) {
                completion.complete(Outcome.OK);
            }

            @Override
            public void close() {}
        };
        LoadDriver driver = new LoadDriver(
                WorkloadCatalog.find("ycsb-b").openStream(1, 100),
                target,
                NanoClock.system(),
                Progress.Listener.NONE,
                1);
        driver.load(1, Duration.ofSeconds(10));
        Sweep sweep = new Sweep(LatencyObjective.parse("p50 <= 10 s"), 1_000, 2, 0.1, 2);
        Sweep.Result result =
                sweep.run(sweep.on(driver, 8, Load.Arrivals.POISSON, PhaseLimit.NONE, 0.2, Duration.ofSeconds(10), 1));
        assertThat(result.steps()).hasSize(2);
        // A window in which 200 samples are expected, and 5 % to spare.
        assertThat(result.steps().get(0).achievedOpsPerSecond()).isBetween(700.0, 1_300.0);
    }

    @Test
    void parameters_are_checked() {
        assertThatThrownBy(() -> new Sweep(OBJECTIVE, 1_000, 1, 0.1, 4))
                .hasMessage("factor is 1.0, expected more than 1 and at most 10");
        assertThatThrownBy(() -> new Sweep(OBJECTIVE, 0, 2, 0.1, 4))
                .hasMessage("firstRate is 0.0, expected 0.01 to 100000000");
    }

    private static DriverResult result(double throughput, long errors, Histogram response) {
        return new DriverResult(
                0,
                1_000,
                1_000,
                Map.of(),
                0,
                1_000,
                Math.round(throughput * 1_000),
                errors,
                0,
                0,
                0,
                0,
                Map.of(DriverResult.ALL_OPERATIONS, new Latencies(response, Optional.empty())),
                List.of(),
                GeneratorLag.NONE,
                Optional.empty(),
                SlowestOperations.NONE,
                WarmUpEnd.PLANNED,
                new PauseDetector.Recording().pauses(new PauseDetector.Recording()),
                Unacknowledged.NONE,
                Optional.empty(),
                Optional.empty());
    }
}
