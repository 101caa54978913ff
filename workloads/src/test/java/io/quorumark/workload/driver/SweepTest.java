package io.quorumark.workload.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import io.quorumark.workload.Completion;
import io.quorumark.workload.Operation;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.Target;
import io.quorumark.workload.Unacknowledged;
import io.quorumark.workload.catalog.WorkloadCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTest {
    private static final LatencyObjective OBJECTIVE = LatencyObjective.parse("p99 <= 10 ms");

    private static final double NO_LIMIT = 1e7;

    /** Turned by the simulated targets. */
    private long nowNanos;

    private final NanoClock clock = () -> nowNanos;

    /** Answers whatever is asked at a rate. */
    @FunctionalInterface
    private interface AtRate {
        DriverResult run(double rateOpsPerSecond);
    }

    private static Sweep sweep(double firstRate, double factor, double precision, int mostSteps) {
        return new Sweep(OBJECTIVE, firstRate, factor, precision, mostSteps, NO_LIMIT);
    }

    private Sweep.Result run(Sweep sweep, AtRate target) throws InterruptedException {
        Sweep.Trial trial = new Sweep.Trial() {
            @Override
            public DriverResult probe(double warmUpSeconds, double seconds) {
                throw new AssertionError("it was told where to begin");
            }

            @Override
            public DriverResult step(double rateOpsPerSecond, double warmUpSeconds, double seconds) {
                return target.run(rateOpsPerSecond);
            }
        };
        return sweep.run(trial, clock, 0, 1);
    }

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
        Sweep.Result result = run(sweep(100, 2, 0.01, 100), rate -> queue(5_000, rate));
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
        assertThat(result.steps().stream().map(SweepStep::offeredOpsPerSecond).distinct())
                .hasSizeLessThan(16);
    }

    @Test
    void a_first_rate_that_is_too_high_is_lowered() throws Exception {
        Sweep.Result result = run(sweep(40_000, 2, 0.05, 100), rate -> queue(5_000, rate));
        double theory = 5_000 - Math.log(100) / 0.010;
        assertThat(result.kneeOpsPerSecond().orElseThrow()).isCloseTo(theory, withPercentage(5.1));
        assertThat(result.steps().get(1).offeredOpsPerSecond()).isEqualTo(20_000);
    }

    /** Three in a hundred operations wait for a stall. */
    private static DriverResult stalled(double rate, long stallNanos) {
        Histogram response = IntervalHistograms.newHistogram();
        response.recordValueWithCount(1_000_000, 19_400);
        response.recordValueWithCount(stallNanos, 600);
        return result(rate, 0, response);
    }

    @Test
    void a_rate_that_one_stall_spoiled_is_tried_again_and_does_not_bound_the_search() throws Exception {
        List<Double> offered = new ArrayList<>();
        Sweep.Result result = run(sweep(1_000, 1.5, 0.02, 100), rate -> {
            offered.add(rate);
            boolean first = Collections.frequency(offered, rate) == 1;
            return first && rate > 2_000 ? stalled(rate, 40_000_000) : queue(5_000, rate);
        });

        double theory = 5_000 - Math.log(100) / 0.010;
        assertThat(result.kneeOpsPerSecond().orElseThrow()).isCloseTo(theory, withPercentage(2.1));
        assertThat(result.end()).isEqualTo(Sweep.End.BRACKETED);
        assertThat(offered).startsWith(1_000.0, 1_500.0, 2_250.0, 2_250.0, 3_375.0, 3_375.0);
        assertThat(result.steps()).extracting(SweepStep::passed).startsWith(true, true, false, true, false, true);
    }

    @Test
    void a_rate_that_failed_while_the_target_was_cold_is_tried_again_after_two_below_it_have_passed() throws Exception {
        int[] cold = {2};
        Sweep.Result result = run(
                sweep(2_250, 1.5, 0.02, 100), rate -> stalled(rate, cold[0]-- > 0 || rate > 3_000 ? 900_000_000 : 1));

        double first = Math.sqrt(1_000.0 * 1_500);
        assertThat(result.steps())
                .extracting(SweepStep::offeredOpsPerSecond)
                .startsWith(2_250.0, 1_500.0, 1_000.0, first, 1_500.0, Math.sqrt(1_500.0 * 2_250));
        assertThat(result.kneeOpsPerSecond().orElseThrow()).isBetween(2_900.0, 3_000.0);
        assertThat(result.end()).isEqualTo(Sweep.End.BRACKETED);
    }

    @Test
    void a_rate_that_fails_twice_has_failed_and_one_that_fails_by_far_is_not_tried_again() throws Exception {
        Sweep.Result twice = run(sweep(1_000, 2, 0.5, 100), rate -> stalled(rate, rate > 1_500 ? 99_000_000 : 1));
        assertThat(twice.steps())
                .extracting(SweepStep::offeredOpsPerSecond)
                .containsExactly(1_000.0, 2_000.0, 2_000.0, Math.sqrt(1_000.0 * 2_000.0), 2_000.0);

        Sweep.Result byFar = run(sweep(1_000, 2, 0.5, 100), rate -> stalled(rate, rate > 1_500 ? 101_000_000 : 1));
        assertThat(byFar.steps())
                .extracting(SweepStep::offeredOpsPerSecond)
                .containsExactly(1_000.0, 2_000.0, Math.sqrt(1_000.0 * 2_000.0), 2_000.0);
    }

    @Test
    void a_rate_that_was_nearly_carried_is_tried_again_and_one_at_which_operations_fail_is_not() throws Exception {
        Histogram fast = IntervalHistograms.newHistogram();
        fast.recordValueWithCount(1_000, 20_000);
        Sweep.Result nearly = run(sweep(1_000, 2, 0.5, 3), rate -> result(0.91 * rate, 0, fast));
        assertThat(nearly.steps()).extracting(SweepStep::offeredOpsPerSecond).containsExactly(1_000.0, 1_000.0, 500.0);

        Sweep.Result failing = run(sweep(1_000, 2, 0.5, 3), rate -> result(rate, 1, fast));
        assertThat(failing.steps()).extracting(SweepStep::offeredOpsPerSecond).doesNotHaveDuplicates();
    }

    @Test
    void a_target_that_answers_fast_but_not_all_is_not_sustained() throws Exception {
        Histogram fast = IntervalHistograms.newHistogram();
        fast.recordValueWithCount(1_000, 20_000);
        Sweep.Result result = run(sweep(1_000, 2, 0.1, 3), rate -> result(Math.min(rate, 1_500), 0, fast));
        assertThat(result.steps()).extracting(SweepStep::sustained).containsExactly(true, false, true);
        assertThat(result.steps()).extracting(SweepStep::compliance).containsOnly(LatencyObjective.Compliance.MET);
        assertThat(result.bracketed()).isFalse();
    }

    @Test
    void a_rate_at_which_operations_fail_has_not_passed() throws Exception {
        Histogram fast = IntervalHistograms.newHistogram();
        fast.recordValueWithCount(1_000, 20_000);
        Sweep.Result result = run(sweep(1, 10, 0.1, 100), rate -> result(rate, 1, fast));
        assertThat(result.kneeOpsPerSecond()).isEmpty();
        assertThat(result.bracketed()).isFalse();
        assertThat(result.steps()).hasSize(3);
    }

    @Test
    void a_target_without_a_knee_ends_at_the_last_step() throws Exception {
        Histogram fast = IntervalHistograms.newHistogram();
        fast.recordValueWithCount(1_000, 20_000);
        Sweep.Result result = run(sweep(1_000, 10, 0.1, 4), rate -> result(rate, 0, fast));
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
        Sweep sweep = new Sweep(LatencyObjective.parse("p50 <= 10 s"), 1_000, 2, 0.1, 2, 60);
        Sweep.Result result = sweep.run(
                Sweep.on(driver, 8, Load.Arrivals.POISSON, Duration.ofSeconds(10), 1), NanoClock.system(), 0, 0.2);
        assertThat(result.steps()).hasSize(2);
        // a window in which 200 samples are expected, and 5 % to spare; a busy machine carries fewer, or all of them
        // late
        assertThat(result.steps().get(0).achievedOpsPerSecond()).isBetween(0.0, 1_300.0);
    }

    /**
     * A queue with one server, random arrivals and random service times, simulated operation by operation; a closed loop shows its capacity
     * within a tenth.
     */
    private final class SimulatedQueue implements Sweep.Trial {
        private final double capacity;
        private final SplittableRandom random;
        private double longestStepSeconds;
        private double probedSeconds;

        SimulatedQueue(double capacity, long seed) {
            this.capacity = capacity;
            this.random = new SplittableRandom(seed);
        }

        private void pass(double seconds) {
            nowNanos += Math.round(seconds * 1e9);
        }

        @Override
        public DriverResult probe(double warmUpSeconds, double seconds) {
            pass(warmUpSeconds + seconds);
            probedSeconds = warmUpSeconds + seconds;
            return result(capacity * (0.9 + 0.2 * random.nextDouble()), 0, IntervalHistograms.newHistogram());
        }

        @Override
        public DriverResult step(double rateOpsPerSecond, double warmUpSeconds, double seconds) {
            longestStepSeconds = Math.max(longestStepSeconds, seconds);
            Histogram response = IntervalHistograms.newHistogram();
            double due = 0;
            double free = 0;
            long answered = 0;
            while (due < warmUpSeconds + seconds) {
                due += exponential(rateOpsPerSecond);
                free = Math.max(due, free) + exponential(capacity);
                if (due >= warmUpSeconds) {
                    response.recordValue((long) Math.min(60e9, (free - due) * 1e9));
                }
                if (free >= warmUpSeconds && free < warmUpSeconds + seconds) {
                    answered++;
                }
            }
            pass(Math.max(free, warmUpSeconds + seconds));
            return result(answered / seconds, 0, response);
        }

        private double exponential(double rate) {
            return -Math.log(1 - random.nextDouble()) / rate;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {4_000, 20_000, 60_000})
    void a_knee_is_found_in_ninety_seconds_and_found_again(double capacity) throws Exception {
        double theory = capacity - Math.log(100) / 0.010;
        List<Double> knees = new ArrayList<>();
        for (int seed = 1; seed <= 5; seed++) {
            SimulatedQueue queue = new SimulatedQueue(capacity, seed);
            nowNanos = 0;
            Sweep.Result result = new Sweep(OBJECTIVE, 0, 1.4, 0.05, 30, 90).run(queue, clock, 3, 10);

            assertThat(nowNanos / 1e9).as("seconds").isLessThan(91);
            assertThat(queue.probedSeconds).isEqualTo(3 + Sweep.PROBE_SECONDS);
            assertThat(result.end()).isEqualTo(Sweep.End.BRACKETED);
            assertThat(result.steps()).hasSizeBetween(6, 14);
            knees.add(result.kneeOpsPerSecond().orElseThrow());
        }
        assertThat(knees).allSatisfy(knee -> assertThat(knee).isCloseTo(theory, withPercentage(10)));
        assertThat(Collections.max(knees) / Collections.min(knees)).isLessThan(1.15);
    }

    /** A step of seven seconds or more leaves room for ten. */
    @Test
    void a_target_whose_steps_take_long_has_its_knee_within_a_tenth_when_time_is_over() throws Exception {
        for (int seed = 1; seed <= 5; seed++) {
            nowNanos = 0;
            Sweep.Result result =
                    new Sweep(OBJECTIVE, 0, 1.4, 0.05, 30, 90).run(new SimulatedQueue(2_000, seed), clock, 3, 10);

            assertThat(nowNanos / 1e9).as("seconds").isLessThan(91);
            assertThat(result.kneeOpsPerSecond().orElseThrow())
                    .isCloseTo(2_000 - Math.log(100) / 0.010, withPercentage(10));
        }
    }

    @Test
    void a_sweep_ends_in_time_where_its_percentile_needs_longer_steps() throws Exception {
        LatencyObjective rare = LatencyObjective.parse("p99.9 <= 20 ms");
        SimulatedQueue queue = new SimulatedQueue(8_000, 1);
        Sweep.Result result = new Sweep(rare, 0, 1.4, 0.05, 30, 90).run(queue, clock, 3, 10);

        assertThat(queue.longestStepSeconds)
                .as("100 samples beyond the percentile")
                .isGreaterThan(100_000 / 8_000.0);
        assertThat(result.end()).isEqualTo(Sweep.End.OUT_OF_TIME);
        // the last step may be overloaded, and is waited for
        assertThat(nowNanos / 1e9).isBetween(60.0, 93.0);
        assertThat(result.kneeOpsPerSecond()).isPresent();
    }

    @Test
    void steps_are_shorter_than_asked_if_fourteen_of_them_find_no_room() {
        Sweep sweep = new Sweep(OBJECTIVE, 0, 1.4, 0.05, 30, 90);

        assertThat(sweep.window(50_000, 3, 60)).isEqualTo((90 - 3 - 3) / 14.0 - 1.3, within(1e-9));
        assertThat(sweep.window(50_000, 3, 4)).isEqualTo(4);
        assertThat(sweep.window(1_000, 3, 5)).isEqualTo(10.5, within(1e-9));
    }

    @Test
    void a_target_too_slow_for_its_percentile_is_not_waited_for() throws Exception {
        SimulatedQueue queue = new SimulatedQueue(2, 1);
        Sweep.Result result = new Sweep(OBJECTIVE, 0, 1.4, 0.05, 30, 90).run(queue, clock, 3, 10);

        assertThat(nowNanos / 1e9).isLessThan(120);
        assertThat(result.kneeOpsPerSecond()).isEmpty();
        assertThat(result.steps())
                .hasSize(1)
                .extracting(SweepStep::compliance)
                .containsOnly(LatencyObjective.Compliance.TOO_FEW);
    }

    @Test
    void parameters_are_checked() {
        assertThatThrownBy(() -> sweep(1_000, 1, 0.1, 4))
                .hasMessage("factor is 1.0, expected more than 1 and at most 10");
        assertThatThrownBy(() -> sweep(0.001, 2, 0.1, 4))
                .hasMessage("firstRate is 0.001, expected 0.01 to 100000000, or 0");
        assertThatThrownBy(() -> new Sweep(OBJECTIVE, 0, 2, 0.1, 4, 0))
                .hasMessage("mostSeconds is 0.0, expected more than 0, to 10000000");
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
