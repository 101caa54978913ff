package io.quorumark.workload.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quorumark.workload.Completion;
import io.quorumark.workload.Demand;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationClass;
import io.quorumark.workload.OperationKind;
import io.quorumark.workload.OperationStream;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.Target;
import io.quorumark.workload.catalog.WorkloadCatalog;
import io.quorumark.workload.catalog.WorkloadFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The parts that decide and record, on times that the test sets. */
class OpenLoopTest {
    @TempDir
    Path folder;

    private static final long MILLI = 1_000_000;
    private static final CollectionShare NO_COLLECTIONS = new CollectionShare(() -> 0);

    @Test
    void response_time_counts_the_wait_for_a_free_client() {
        RunPlan plan = plan(1_000, 0, 1);
        Timeline timeline = new Timeline(1, true);
        SendSchedule issue =
                new SendSchedule(plan, Schedule.of((Load.OpenLoop) plan.load(), 1), timeline, NO_COLLECTIONS);
        Slot only = new Slot(idleSubmitter(plan, issue, timeline));
        only.operation.reset(OperationKind.READ, new OperationClass(0, "read"));

        assertThat(issue.maySend(only, 0)).isTrue();
        issue.sending(only, 0);
        only.completedNanos = 10 * MILLI;
        timeline.add(only);

        assertThat(issue.maySend(only, 10 * MILLI)).isTrue();
        issue.sending(only, 10 * MILLI);
        assertThat(only.intendedNanos).isEqualTo(MILLI);
        assertThat(only.sentNanos).isEqualTo(10 * MILLI);
        only.completedNanos = 12 * MILLI;
        timeline.add(only);
        Collector collector = collectedAtTheEnd(timeline);
        Latencies all = java.util.Objects.requireNonNull(collector.latencies().get("all"));
        assertThat(all.response().getMaxValue())
                .isCloseTo(11 * MILLI, org.assertj.core.data.Percentage.withPercentage(0.2));
        Histogram service = all.service().orElseThrow();
        assertThat(service.getMinValue()).isCloseTo(2 * MILLI, org.assertj.core.data.Percentage.withPercentage(0.2));
        assertThat(issue.lag().maxNanos()).isZero();
        ResponseParts parts = collector.parts().orElseThrow();
        assertThat(parts.queueing().getMaxValue())
                .isCloseTo(9 * MILLI, org.assertj.core.data.Percentage.withPercentage(0.2));
        assertThat(parts.explainedByLag(all.response(), 99)).isZero();
    }

    @Test
    void response_time_falls_into_queueing_lag_and_service() {
        RunPlan plan = plan(1_000, 0, 1);
        Timeline timeline = new Timeline(1, true);
        SendSchedule issue =
                new SendSchedule(plan, Schedule.of((Load.OpenLoop) plan.load(), 1), timeline, NO_COLLECTIONS);
        Slot slot = new Slot(idleSubmitter(plan, issue, timeline));
        slot.operation.reset(OperationKind.READ, new OperationClass(0, "read"));
        // due at 0, the client is free at 3 ms, the generator comes at 5 ms, the answer at 6 ms
        slot.completedNanos = 3 * MILLI;
        issue.sending(slot, 5 * MILLI);
        slot.completedNanos = 6 * MILLI;
        timeline.add(slot);
        Collector collector = collectedAtTheEnd(timeline);
        Latencies all = java.util.Objects.requireNonNull(collector.latencies().get("all"));
        ResponseParts parts = collector.parts().orElseThrow();
        assertThat(millis(all.response())).isEqualTo(6);
        assertThat(millis(parts.queueing())).isEqualTo(3);
        assertThat(millis(parts.withoutLag())).isEqualTo(4);
        assertThat(millis(all.service().orElseThrow())).isEqualTo(1);
        assertThat(parts.explainedByLag(all.response(), 99))
                .isCloseTo(1 / 3.0, org.assertj.core.data.Offset.offset(0.01));
    }

    /** A millisecond apart; a collection of 3 ms ends just before the generator, a millisecond late itself, sends the first. */
    @Test
    void a_collection_that_stops_the_target_too_is_no_lag_of_the_generators_own() {
        RunPlan plan = plan(1_000, 0, 1);
        Timeline timeline = new Timeline(1, true);
        AtomicLong collected = new AtomicLong(7 * MILLI);
        SendSchedule issue = new SendSchedule(
                plan, Schedule.of((Load.OpenLoop) plan.load(), 1), timeline, new CollectionShare(collected::get));
        collected.addAndGet(3 * MILLI);
        long[] ownLags = new long[6];
        for (int i = 0; i < ownLags.length; i++) {
            Slot slot = new Slot(idleSubmitter(plan, issue, timeline));
            issue.sending(slot, Math.max(4, i) * MILLI);
            ownLags[i] = slot.ownLagNanos / MILLI;
        }
        assertThat(ownLags)
                .as("due at 0 and stopped from 1 to 4, due at 1, 2, 3 and stopped since, due at 4, at 5")
                .containsExactly(1, 0, 0, 0, 0, 0);
        assertThat(issue.lag().maxNanos())
                .as("the lag of all that is sent late")
                .isCloseTo(4 * MILLI, org.assertj.core.data.Percentage.withPercentage(0.2));
    }

    @Test
    void what_collections_take_of_the_lag_stays_in_response_times_without_lag() {
        RunPlan plan = plan(1_000, 0, 1);
        Timeline timeline = new Timeline(1, true);
        AtomicLong collected = new AtomicLong();
        SendSchedule issue = new SendSchedule(
                plan, Schedule.of((Load.OpenLoop) plan.load(), 1), timeline, new CollectionShare(collected::get));
        Slot slot = new Slot(idleSubmitter(plan, issue, timeline));
        slot.operation.reset(OperationKind.READ, new OperationClass(0, "read"));
        collected.set(4 * MILLI);
        // due at 0, sent at 5 ms after a collection of 4 ms, answered at 6 ms
        issue.sending(slot, 5 * MILLI);
        slot.completedNanos = 6 * MILLI;
        timeline.add(slot);
        Collector collector = collectedAtTheEnd(timeline);
        assertThat(millis(collector.parts().orElseThrow().withoutLag())).isEqualTo(5);
    }

    private static Collector collectedAtTheEnd(Timeline timeline) {
        timeline.finish(1_000 * MILLI);
        Collector collector = new Collector(List.of("read"), true, timeline);
        collector.collect();
        return collector;
    }

    private static long millis(Histogram one) {
        return Math.round(one.getMaxValue() / (double) MILLI);
    }

    @Test
    void the_generator_answers_for_its_own_lateness_only() {
        RunPlan plan = plan(1_000, 0, 1);
        Timeline timeline = new Timeline(1, true);
        SendSchedule issue =
                new SendSchedule(plan, Schedule.of((Load.OpenLoop) plan.load(), 1), timeline, NO_COLLECTIONS);
        Slot slot = new Slot(idleSubmitter(plan, issue, timeline));
        issue.sending(slot, 0);
        slot.completedNanos = 3 * MILLI;
        issue.sending(slot, 5 * MILLI);
        assertThat(issue.lag().maxNanos()).isCloseTo(2 * MILLI, org.assertj.core.data.Percentage.withPercentage(0.2));
    }

    @Test
    void nothing_is_sent_before_it_is_due() {
        RunPlan plan = plan(1_000, 0, 1);
        Timeline timeline = new Timeline(1, true);
        SendSchedule issue =
                new SendSchedule(plan, Schedule.of((Load.OpenLoop) plan.load(), 1), timeline, NO_COLLECTIONS);
        Slot slot = new Slot(idleSubmitter(plan, issue, timeline));
        issue.sending(slot, 0);
        assertThat(issue.maySend(slot, MILLI - 1)).isFalse();
        assertThat(issue.hasEnded()).isFalse();
        assertThat(issue.maySend(slot, MILLI)).isTrue();
    }

    @Test
    void what_was_due_and_found_no_client_is_counted_at_the_end() {
        RunPlan plan = plan(1_000, 0, 1);
        Timeline timeline = new Timeline(1, true);
        SendSchedule issue =
                new SendSchedule(plan, Schedule.of((Load.OpenLoop) plan.load(), 1), timeline, NO_COLLECTIONS);
        Slot slot = new Slot(idleSubmitter(plan, issue, timeline));
        issue.sending(slot, 0);
        slot.completedNanos = 1_500 * MILLI;
        assertThat(issue.maySend(slot, 1_500 * MILLI)).isFalse();
        assertThat(issue.hasEnded()).isTrue();
        assertThat(issue.unsent()).isEqualTo(999);
    }

    @Test
    void all_arrivals_keep_the_rate() {
        List<Load.Arrivals> all =
                List.of(Load.Arrivals.CONSTANT, Load.Arrivals.POISSON, new Load.Arrivals.Bursts(0.5, 0.1));
        for (Load.Arrivals arrivals : all) {
            Schedule schedule = Schedule.of(new Load.OpenLoop(10_000, 1, arrivals), 5);
            Schedule same = Schedule.of(new Load.OpenLoop(10_000, 1, arrivals), 5);
            for (int i = 0; i < 200_000; i++) {
                schedule.advance();
                same.advance();
            }
            assertThat(schedule.dueNanos() / 1e9).isBetween(19.7, 20.3);
            assertThat(same.dueNanos()).isEqualTo(schedule.dueNanos());
        }
    }

    @Test
    void bursts_come_at_the_rate_divided_by_the_duty_and_then_nothing_comes() {
        Schedule schedule = Schedule.of(new Load.OpenLoop(1_000, 1, new Load.Arrivals.Bursts(0.1, 0.25)), 1);
        for (int i = 0; i < 1_000; i++) {
            long period = i / 100;
            assertThat(schedule.dueNanos()).isCloseTo(period * 100 * MILLI + i % 100 * MILLI / 4, within(2L));
            schedule.advance();
        }
        assertThat(schedule.typicalGapNanos()).isEqualTo(250_000);
    }

    @Test
    void poisson_gaps_are_exponential() {
        Schedule schedule = Schedule.of(new Load.OpenLoop(1_000, 1, Load.Arrivals.POISSON), 9);
        double[] gaps = new double[20_000];
        long before = 0;
        for (int i = 0; i < gaps.length; i++) {
            schedule.advance();
            gaps[i] = schedule.dueNanos() - before;
            before = schedule.dueNanos();
        }
        var exponential = org.apache.commons.statistics.distribution.ExponentialDistribution.of(MILLI);
        assertThat(org.apache.commons.statistics.inference.KolmogorovSmirnovTest.withDefaults()
                        .test(gaps, exponential::cumulativeProbability)
                        .getPValue())
                .isGreaterThan(1e-4);
    }

    @Test
    void a_replay_keeps_the_recorded_times_at_its_speed() throws Exception {
        Files.writeString(folder.resolve("t.csv"), """
                offsetMicros,operation,key,valueBytes
                5000,write,a,20
                5400,read,a,
                7000,delete,a,
                """);
        Files.writeString(folder.resolve("t.yaml"), """
                name: t
                description: A trace.
                model: trace
                records: 10
                values: {sizes: trace, compressionRatio: 0.5}
                trace: {file: t.csv, format: csv}
                """);
        try (OperationStream stream =
                        WorkloadFile.read(folder.resolve("t.yaml")).openStream(1, 10);
                Schedule schedule = Objects.requireNonNull(Schedule.of(new Load.Replay(1, 2), 1, stream))) {
            List<Long> due = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                due.add(schedule.dueNanos());
                schedule.advance();
            }
            // A lap is as long as the trace and an average gap.
            assertThat(due).containsExactly(0L, 200_000L, MILLI, 3 * MILLI / 2);
            LoadDriver driver = new LoadDriver(stream, new NoTarget(), NanoClock.system(), Progress.Listener.NONE, 1);
            driver.load(1, Duration.ofSeconds(10));
            DriverResult result = driver.run(new RunPlan(
                    new Load.Replay(4, 1),
                    new PhaseLimit.Seconds(0),
                    new PhaseLimit.Seconds(0.5),
                    Duration.ofSeconds(10),
                    1));
            // Three operations in three milliseconds.
            assertThat(result.issued() + result.unsentOperations()).isEqualTo(500);
            assertThat(result.all().service()).isPresent();
        }
    }

    @Test
    void a_workload_without_times_cannot_be_replayed() throws Exception {
        OperationStream stream = WorkloadCatalog.find("ycsb-b").openStream(1, 100);
        LoadDriver driver = new LoadDriver(stream, new NoTarget(), NanoClock.system(), Progress.Listener.NONE, 1);
        driver.load(1, Duration.ofSeconds(10));
        assertThatThrownBy(() -> driver.run(new RunPlan(
                        new Load.Replay(1, 1), PhaseLimit.NONE, new PhaseLimit.Seconds(1), Duration.ofSeconds(10), 1)))
                .hasMessage(
                        "workload ycsb-b has no recorded times to replay; choose another load, or a workload of the model trace");
        DriverResult other = driver.run(new RunPlan(
                new Load.ClosedLoop(1), PhaseLimit.NONE, new PhaseLimit.Operations(10), Duration.ofSeconds(10), 1));
        assertThat(other.issued()).isEqualTo(10);
    }

    @Test
    void a_run_on_the_real_clock_sends_the_schedule() throws Exception {
        OperationStream stream = WorkloadCatalog.find("ycsb-b").openStream(1, 100);
        List<Operation> seen = new ArrayList<>();
        var target = new io.quorumark.workload.Target() {
            @Override
            public void submit(Operation operation, Completion completion) {
                seen.add(operation);
                completion.complete(Outcome.OK);
            }

            @Override
            public void close() {}
        };
        LoadDriver driver = new LoadDriver(stream, target, NanoClock.system(), Progress.Listener.NONE, 1);
        driver.load(1, Duration.ofSeconds(10));
        DriverResult result = driver.run(plan(2_000, 0.25, 1));
        assertThat(result.issued() + result.unsentOperations()).isEqualTo(2_500);
        assertThat(result.all().service()).isPresent();
        assertThat(seen).hasSize((int) stream.position());
    }

    @ParameterizedTest
    @EnumSource
    void a_load_that_spins_never_gives_its_processor_up(Pacing pacing) throws Exception {
        OperationStream stream = WorkloadCatalog.find("ycsb-b").openStream(1, 100);
        AtomicLong parked = new AtomicLong();
        NanoClock clock = new NanoClock() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void parkUntil(long deadlineNanos) {
                if (Thread.currentThread().getName().equals("quorumark-load")) {
                    parked.incrementAndGet();
                }
                NanoClock.super.parkUntil(deadlineNanos);
            }
        };
        LoadDriver driver = new LoadDriver(stream, new NoTarget(), clock, Progress.Listener.NONE, 1, pacing);
        driver.load(1, Duration.ofSeconds(10));
        parked.set(0);
        DriverResult result = driver.run(plan(2_000, 0.25, 1));

        assertThat(result.issued() + result.unsentOperations()).isEqualTo(2_500);
        assertThat(parked.get() == 0).isEqualTo(pacing == Pacing.SPIN);
    }

    @ParameterizedTest
    @EnumSource
    void the_pacer_says_how_it_will_wait_before_anything_is_sent(Pacing pacing) throws Exception {
        List<String> told = new ArrayList<>();
        Target target = new NoTarget() {
            @Override
            public void submit(Operation operation, Completion completion) {
                told.add("send");
                super.submit(operation, completion);
            }
        };
        WindowListener listener = new WindowListener() {
            @Override
            public void pacerStarts() {
                told.add("starts on " + Thread.currentThread().getName());
            }

            @Override
            public void pacerLeads(WakeUpLead lead) {
                told.add("leads on " + Thread.currentThread().getName());
                assertThat(lead.wakeUps()).isBetween(1, 200);
            }

            @Override
            public void windowBegins() {}

            @Override
            public void windowEnds() {}
        };
        OperationStream stream = WorkloadCatalog.find("ycsb-b").openStream(1, 1);
        LoadDriver driver = new LoadDriver(stream, target, NanoClock.system(), Progress.Listener.NONE, 1, pacing);
        driver.load(1, Duration.ofSeconds(10));
        told.clear();
        DriverResult result = driver.run(plan(2_000, 0, 0.1), listener);

        assertThat(result.issued()).isPositive();
        List<String> before = told.subList(0, told.indexOf("send"));
        assertThat(before)
                .isEqualTo(
                        pacing == Pacing.HYBRID
                                ? List.of("starts on quorumark-load", "leads on quorumark-load")
                                : List.of("starts on quorumark-load"));
    }

    @Test
    void a_listener_that_fails_before_the_first_operation_ends_the_run() throws Exception {
        OperationStream stream = WorkloadCatalog.find("ycsb-b").openStream(1, 1);
        LoadDriver driver = new LoadDriver(stream, new NoTarget(), NanoClock.system(), Progress.Listener.NONE, 1);
        driver.load(1, Duration.ofSeconds(10));
        WindowListener failing = new WindowListener() {
            @Override
            public void pacerStarts() {
                throw new IllegalStateException("no priority");
            }

            @Override
            public void windowBegins() {}

            @Override
            public void windowEnds() {}
        };
        assertThatThrownBy(() -> driver.run(plan(2_000, 0, 0.1), failing)).hasMessage("no priority");
    }

    /** Completes everything at once. */
    private static class NoTarget implements Target {
        @Override
        public void submit(Operation operation, Completion completion) {
            completion.complete(Outcome.OK);
        }

        @Override
        public Set<Demand> carriesOut() {
            return EnumSet.allOf(Demand.class);
        }

        @Override
        public void close() {}
    }

    private static RunPlan plan(double rate, double warmUpSeconds, double seconds) {
        return new RunPlan(
                new Load.OpenLoop(rate, 4, Load.Arrivals.CONSTANT),
                new PhaseLimit.Seconds(warmUpSeconds),
                new PhaseLimit.Seconds(seconds),
                Duration.ofSeconds(20),
                1);
    }

    private static Submitter idleSubmitter(RunPlan plan, SendSchedule issue, Timeline timeline) {
        OperationStream stream = WorkloadCatalog.find("ycsb-c").openStream(1, 1);
        var target = new io.quorumark.workload.Target() {
            @Override
            public void submit(Operation operation, Completion completion) {
                throw new IllegalStateException("not asked to send");
            }

            @Override
            public void close() {}
        };
        return new Submitter(
                stream,
                target,
                NanoClock.system(),
                plan,
                issue,
                timeline,
                Thread.currentThread(),
                Thread.currentThread());
    }
}
