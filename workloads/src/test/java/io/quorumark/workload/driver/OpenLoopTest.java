package io.quorumark.workload.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.workload.Completion;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationClass;
import io.quorumark.workload.OperationKind;
import io.quorumark.workload.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The parts that decide and record, on times that the test sets. */
class OpenLoopTest {
    private static final long MILLI = 1_000_000;

    @Test
    void response_time_counts_the_wait_for_a_free_client() {
        RunPlan plan = plan(1_000, 0, 1);
        Timeline timeline = new Timeline(1, true);
        Issue issue = new Issue(plan, new Schedule((Load.OpenLoop) plan.load(), 1), timeline);
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
        timeline.finish(1_000 * MILLI);

        Collector collector = new Collector(List.of("read"), true, timeline);
        collector.collect();
        Latencies all = java.util.Objects.requireNonNull(collector.latencies().get("all"));
        assertThat(all.response().getMaxValue())
                .isCloseTo(11 * MILLI, org.assertj.core.data.Percentage.withPercentage(0.2));
        Histogram service = all.service().orElseThrow();
        assertThat(service.getMinValue()).isCloseTo(2 * MILLI, org.assertj.core.data.Percentage.withPercentage(0.2));
        assertThat(issue.lag().maxNanos()).isZero();
    }

    @Test
    void the_generator_answers_for_its_own_lateness_only() {
        RunPlan plan = plan(1_000, 0, 1);
        Timeline timeline = new Timeline(1, true);
        Issue issue = new Issue(plan, new Schedule((Load.OpenLoop) plan.load(), 1), timeline);
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
        Issue issue = new Issue(plan, new Schedule((Load.OpenLoop) plan.load(), 1), timeline);
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
        Issue issue = new Issue(plan, new Schedule((Load.OpenLoop) plan.load(), 1), timeline);
        Slot slot = new Slot(idleSubmitter(plan, issue, timeline));
        issue.sending(slot, 0);
        slot.completedNanos = 1_500 * MILLI;
        assertThat(issue.maySend(slot, 1_500 * MILLI)).isFalse();
        assertThat(issue.hasEnded()).isTrue();
        assertThat(issue.unsent()).isEqualTo(999);
    }

    @Test
    void constant_and_poisson_arrivals_keep_the_rate() {
        for (Load.Arrivals arrivals : Load.Arrivals.values()) {
            Schedule schedule = new Schedule(new Load.OpenLoop(10_000, 1, arrivals), 5);
            Schedule same = new Schedule(new Load.OpenLoop(10_000, 1, arrivals), 5);
            for (int i = 0; i < 200_000; i++) {
                schedule.advance();
                same.advance();
            }
            assertThat(schedule.dueNanos() / 1e9).isBetween(19.7, 20.3);
            assertThat(same.dueNanos()).isEqualTo(schedule.dueNanos());
        }
    }

    @Test
    void a_run_on_the_real_clock_sends_the_schedule() throws Exception {
        var stream = io.quorumark.workload.WorkloadCatalog.find("ycsb-b").openStream(1, 100);
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

    private static RunPlan plan(double rate, double warmUpSeconds, double seconds) {
        return new RunPlan(
                new Load.OpenLoop(rate, 4, Load.Arrivals.CONSTANT),
                new Bound.Seconds(warmUpSeconds),
                new Bound.Seconds(seconds),
                Duration.ofSeconds(20),
                1);
    }

    private static Submitter idleSubmitter(RunPlan plan, Issue issue, Timeline timeline) {
        var stream = io.quorumark.workload.WorkloadCatalog.find("ycsb-c").openStream(1, 1);
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
