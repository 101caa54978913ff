package io.quorumark.campaign.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.support.Await;
import io.quorumark.raft.RaftSettings;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.TargetKind;
import io.quorumark.results.model.Trial.Canary;
import io.quorumark.results.model.Trial.Event;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.model.Trial.RateStep;
import io.quorumark.results.model.Trial.SeriesPoint;
import io.quorumark.results.model.Trial.StepFinding;
import io.quorumark.results.model.Trial.Verification;
import io.quorumark.workload.Unacknowledged;
import io.quorumark.workload.driver.DriverResult;
import io.quorumark.workload.driver.GeneratorLag;
import io.quorumark.workload.driver.Latencies;
import io.quorumark.workload.driver.Pauses;
import io.quorumark.workload.driver.ResponseParts;
import io.quorumark.workload.driver.SlowestOperations;
import io.quorumark.workload.driver.WarmUpEnd;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test breaks one rule of a trial that would count otherwise. */
class JudgementTest {
    static final Cell.Load CLOSED = load(Cell.Load.closed(8));
    private static final Cell.Load OPEN = load(Cell.Load.open(8, 1000));
    private static final Cell.Load REPLAY = load(Cell.Load.replay(8, 1));
    private static final Cell.Load SWEEP = load(Cell.Load.sweep(8, new Cell.Sweep("p99 <= 10 ms", 500, 2, 0.1, 20)));

    private static Cell.Load load(Cell.Load.Builder kind) {
        return kind.records(100).warmUpSeconds(1).measureSeconds(1).build();
    }

    private final Members members = new Members();

    @TempDir
    Path folder;

    @Test
    void a_trial_that_keeps_the_rules_counts() {
        for (Cell.Load load : List.of(CLOSED, OPEN, REPLAY)) {
            Judgement judgement = judge(load, one(result(0, 0)));
            assertThat(judgement.outcome()).isEqualTo(Outcome.VALID);
            assertThat(judgement.events()).isEmpty();
        }
    }

    @Test
    void a_generator_whose_lag_is_more_than_half_of_the_judged_percentile_voids_the_trial() {
        assertThat(judge(OPEN, one(paced(10_000_000, 4_900_000))).outcome()).isEqualTo(Outcome.VALID);
        for (Cell.Load load : List.of(OPEN, REPLAY)) {
            Judgement late = judge(load, one(paced(10_000_000, 5_200_000)));
            assertThat(late.outcome()).isEqualTo(Outcome.VOID);
            assertThat(late.reasons())
                    .containsExactly(
                            "the load generator itself was late: its lag is 52 % of the 99th percentile of response"
                                    + " time, more than 50 %");
            assertThat(late.events()).extracting(Event::kind).containsExactly(Event.GENERATOR_LAG);
        }
    }

    @Test
    void operations_that_were_due_and_never_sent_void_the_trial() {
        assertThat(judge(OPEN, one(result(3, 0))).reasons())
                .containsExactly("3 operations were due and never sent: the target cannot hold the intended rate");
    }

    private static List<SeriesPoint> seconds(int count, IntToLongFunction operations) {
        return IntStream.range(0, count)
                .mapToObj(second -> new SeriesPoint(second, operations.applyAsLong(second), 0, 1, 2, 3))
                .toList();
    }

    @Test
    void throughput_that_would_have_come_to_nothing_voids_the_trial() {
        assertThat(Judgement.collapsing(seconds(41, second -> 50_000 - 1_000L * second)))
                .contains(
                        "throughput collapsed over the window: its trend changed it by -78 %, and its last third had 39 % of its"
                                + " first; measure longer to see where it ends");
        assertThat(Judgement.collapsing(seconds(41, second -> second < 26 ? 50_000 : 500)))
                .isPresent();
        assertThat(Judgement.collapsing(seconds(41, second -> 50_000 - 300L * second)))
                .isEmpty();
        assertThat(Judgement.collapsing(seconds(10, second -> 50_000 - 5_000L * second)))
                .isEmpty();
    }

    @Test
    void a_failed_operation_fails_the_trial() {
        Judgement judgement = judge(CLOSED, one(result(0, 2)));
        assertThat(judgement.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(judgement.reasons())
                .containsExactly(
                        "2 operations inside the measured window met a version conflict that the stream does not have");
    }

    @Test
    void what_stores_nothing_finds_no_version_and_does_not_fail_by_that() {
        Judgement judgement = new Judgement(
                spec("null", CLOSED, "session-store", "", ""),
                one(result(0, 2)),
                new Verifier.Result(VERIFIED, null, List.of()),
                List.of(),
                List.of());
        assertThat(judgement.outcome()).as("%s", judgement.reasons()).isEqualTo(Outcome.VALID);
    }

    @Test
    void refused_operations_fail_the_trial_and_say_what_the_target_said_first() {
        Judgement judgement =
                judge(CLOSED, one(result(new Unacknowledged(Set.of(7L, 9L), Set.of(8L)), "no space left on device")));
        assertThat(judgement.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(judgement.reasons())
                .containsExactly(
                        "the target refused 2 operations: no space left on device",
                        "the target did not say whether it carried out 1 operation");
        assertThat(judge(CLOSED, one(result(new Unacknowledged(Set.of(), Set.of(8L)), "timed out")))
                        .reasons())
                .containsExactly("the target did not say whether it carried out 1 operation: timed out");
    }

    @Test
    void processors_that_other_processes_took_void_the_trial_beyond_the_plans_share() {
        assertThat(Judgement.disturbed(0.1, 0.1)).isEmpty();
        assertThat(Judgement.disturbed(0.345, 0.1))
                .contains("other processes took 34.5 % of the processors inside the window, more than the plan's 10.0 %"
                        + " (trials.maxOthersShare)");
    }

    @Test
    void an_election_inside_the_window_voids_the_trial() {
        Window window = new Window(members, CostMeter.alone(members, new ThreadRoles(List.of()), folder));
        window.windowBegins();
        members.epoch++;
        window.windowEnds();
        Measured.Run run = new Measured.Run(result(0, 0), window);
        Judgement judgement = judge(CLOSED, new Measured(List.of(run), run, List.of()));
        assertThat(judgement.outcome()).isEqualTo(Outcome.VOID);
        assertThat(judgement.reasons()).containsExactly("the leader changed inside the measured window");
    }

    @Test
    void processors_that_other_guests_took_void_the_trial_beyond_the_plans_share() {
        assertThat(Judgement.stolen(0.05, 0.05)).isEmpty();
        assertThat(Judgement.stolen(0.123, 0.05))
                .contains("other guests took 12.3 % of the processors inside the window, more than the plan's 5.0 %");
    }

    @Test
    void a_machine_that_was_not_as_before_voids_the_trial() {
        Judgement judgement = new Judgement(
                spec(CLOSED, "ycsb-a", "", "the machine was not as before"),
                one(result(0, 0)),
                new Verifier.Result(VERIFIED, null, List.of()),
                List.of(),
                List.of());
        assertThat(judgement.outcome()).isEqualTo(Outcome.VOID);
        assertThat(judgement.reasons()).containsExactly("the machine was not as before");
    }

    @Test
    void an_election_before_the_window_does_not_matter() {
        members.epoch++;
        assertThat(judge(CLOSED, one(result(0, 0))).outcome()).isEqualTo(Outcome.VALID);
    }

    @Test
    void a_lag_that_could_not_be_sampled_fails_the_trial() throws InterruptedException {
        members.gone = new IllegalStateException("member-2 is gone");
        Window window = new Window(members, CostMeter.alone(members, new ThreadRoles(List.of()), folder));
        window.windowBegins();
        members.awaitLook();
        Await.until(
                "the failed look is kept",
                TimeUnit.SECONDS.toNanos(20),
                () -> window.failure().isPresent());
        window.windowEnds();
        Measured.Run run = new Measured.Run(result(0, 0), window);
        Judgement judgement = judge(CLOSED, new Measured(List.of(run), run, List.of()));
        assertThat(judgement.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(judgement.reasons()).singleElement().asString().contains("member-2 is gone");
    }

    @Test
    void a_sweep_that_no_rate_held_is_void() {
        Judgement judgement = judge(SWEEP, swept(StepFinding.MISSED, StepFinding.OVERLOADED));
        assertThat(judgement.outcome()).isEqualTo(Outcome.VOID);
        assertThat(judgement.reasons())
                .singleElement()
                .asString()
                .contains("no rate held p99 <= 10 ms, down to 500 op/s: begin lower");
    }

    @Test
    void a_sweep_without_time_to_judge_its_percentile_says_so() {
        Judgement judgement = judge(SWEEP, swept(StepFinding.TOO_FEW, StepFinding.TOO_FEW));
        assertThat(judgement.outcome()).isEqualTo(Outcome.VOID);
        assertThat(judgement.reasons()).singleElement().asString().contains("load.sweep.maxSeconds");
    }

    @Test
    void what_the_closed_loop_before_a_sweep_was_refused_fails_the_trial() {
        Measured clean = swept(StepFinding.HELD, StepFinding.MISSED);
        Measured.Run probe = run(result(new Unacknowledged(Set.of(7L), Set.of()), "no space left on device"));
        Measured measured = new Measured(clean.windows(), clean.counted(), clean.steps(), probe, null);
        Judgement judgement = judge(SWEEP, measured);
        assertThat(judgement.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(judgement.reasons()).containsExactly("the target refused 1 operation: no space left on device");
        assertThat(measured.windows()).doesNotContain(probe);
    }

    @Test
    void a_sweep_that_found_its_knee_counts_although_operations_were_never_sent_beyond_it() {
        assertThat(judge(SWEEP, swept(StepFinding.HELD, StepFinding.OVERLOADED)).outcome())
                .isEqualTo(Outcome.VALID);
    }

    @Test
    void a_step_that_failed_by_the_generators_lag_alone_voids_the_sweep() {
        Measured.Run held = run(paced(9_000_000, 8_000_000));
        List<RateStep> steps = List.of(step(500, StepFinding.HELD), step(1000, StepFinding.MISSED));
        Measured.Run byLag = run(paced(12_000_000, 3_000_000));
        assertThat(judge(SWEEP, new Measured(List.of(held, byLag), held, steps)).reasons())
                .singleElement()
                .asString()
                .contains(
                        "without its lag the step at 1,000 op/s, which set the limit, would have held p99 <= 10 ms, with 90");
        Measured.Run byItself = run(paced(12_000_000, 1_000_000));
        assertThat(judge(SWEEP, new Measured(List.of(held, byItself), held, steps))
                        .outcome())
                .isEqualTo(Outcome.VALID);
    }

    @Test
    void both_tries_of_the_rate_that_set_the_limit_are_asked_for_lag_and_those_of_rates_that_held_are_not() {
        Measured.Run held = held();
        Measured.Run byItself = missedByItself();
        Measured.Run byLag = missedByLag();
        RateStep missed = step(1000, StepFinding.MISSED);
        Measured limitedByLag = new Measured(
                List.of(held, byItself, byLag), held, List.of(step(500, StepFinding.HELD), missed, missed));
        assertThat(judge(SWEEP, limitedByLag).outcome()).isEqualTo(Outcome.VOID);

        Measured heldAtLast = new Measured(
                List.of(byLag, held, byItself),
                held,
                List.of(step(500, StepFinding.MISSED), step(500, StepFinding.HELD), missed));
        assertThat(judge(SWEEP, heldAtLast).outcome()).isEqualTo(Outcome.VALID);
    }

    @Test
    void lag_voids_a_sweep_only_if_it_was_much_and_may_have_moved_the_knee_by_more_than_two_precisions() {
        assertThat(outcomeOfSweep(missedByLag(), 605)).isEqualTo(Outcome.VALID);
        assertThat(outcomeOfSweep(missedByLag(), 606)).isEqualTo(Outcome.VOID);
        assertThat(outcomeOfSweep(run(paced(10_300_000, 500_000)), 606)).isEqualTo(Outcome.VALID);
    }

    /** Of one whose knee is 500, with a precision of 10 %. */
    private Outcome outcomeOfSweep(Measured.Run at545, double rateThatMissedByItself) {
        Measured.Run held = held();
        List<RateStep> steps = List.of(
                step(500, StepFinding.HELD),
                step(545, StepFinding.MISSED),
                step(rateThatMissedByItself, StepFinding.MISSED));
        return judge(SWEEP, new Measured(List.of(held, at545, missedByItself()), held, steps))
                .outcome();
    }

    private Measured.Run held() {
        return run(paced(9_000_000, 1_000_000));
    }

    private Measured.Run missedByItself() {
        return run(paced(12_000_000, 1_000_000));
    }

    private Measured.Run missedByLag() {
        return run(paced(12_000_000, 3_000_000));
    }

    private Measured swept(StepFinding first, StepFinding second) {
        Measured.Run held = run(result(0, 0));
        Measured.Run beyond = run(result(70, 0));
        return new Measured(List.of(held, beyond), held, List.of(step(500, first), step(1000, second)));
    }

    private static RateStep step(double rate, StepFinding finding) {
        return new RateStep(rate, rate, 20_000, 900, Map.of("99", 900.0), finding);
    }

    private Measured one(DriverResult result) {
        Measured.Run run = run(result);
        return new Measured(List.of(run), run, List.of());
    }

    private Measured.Run run(DriverResult result) {
        Window window = new Window(members, CostMeter.alone(members, new ThreadRoles(List.of()), folder));
        window.windowBegins();
        window.windowEnds();
        return new Measured.Run(result, window);
    }

    private static Judgement judge(Cell.Load load, Measured measured) {
        return new Judgement(
                spec(load, "ycsb-a", "", ""),
                measured,
                new Verifier.Result(VERIFIED, null, List.of()),
                List.of(),
                List.of());
    }

    /** Of a trial of a group on RocksDB. */
    static TrialSpec spec(Cell.Load load, String workload, String workloadIdentity, String unlikeCanary) {
        return spec("rocksdb", load, workload, workloadIdentity, unlikeCanary);
    }

    private static TrialSpec spec(
            String engine, Cell.Load load, String workload, String workloadIdentity, String unlikeCanary) {
        Cell cell = new Cell(
                "000000000001",
                engine,
                engine,
                "1",
                workload,
                workloadIdentity,
                TargetKind.CLUSTER,
                new Cell.Cluster(3, "in-jvm", engine, engine, "POWER_LOSS", "PROCESS_CRASH", "linearizable"),
                load,
                1 << 20,
                Map.of(),
                List.of());
        return new TrialSpec(
                "c",
                "c",
                "d",
                cell,
                List.of(),
                workload,
                0,
                0,
                Instant.EPOCH,
                1,
                RaftSettings.DEFAULTS,
                RemoteMembers.of(List.of(), null, null),
                1,
                60,
                0,
                1,
                1,
                new Canary(0, 0, 0, 0),
                unlikeCanary);
    }

    private static final Verification VERIFIED = new Verification(0, Map.of(), "", Map.of(), 0, 0.5, 0.5);

    private static DriverResult result(long unsent, long errors) {
        return result(unsent, errors, Unacknowledged.NONE, Optional.empty(), Map.of(), Optional.empty());
    }

    private static DriverResult result(Unacknowledged unacknowledged, String firstFailure) {
        int refused = unacknowledged.refused().size();
        return result(0, refused, unacknowledged, Optional.of(firstFailure), Map.of(), Optional.empty());
    }

    /** Operations of one response time, of which the generator's lag was a part. */
    private static DriverResult paced(long responseNanos, long lagNanos) {
        return result(
                0,
                0,
                Unacknowledged.NONE,
                Optional.empty(),
                Map.of(
                        DriverResult.ALL_OPERATIONS,
                        new Latencies(always(responseNanos), Optional.of(always(responseNanos - lagNanos)))),
                Optional.of(new ResponseParts(always(0), always(responseNanos - lagNanos))));
    }

    private static Histogram always(long nanos) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(nanos, 20_000);
        return histogram;
    }

    private static DriverResult result(
            long unsent,
            long errors,
            Unacknowledged unacknowledged,
            Optional<String> firstFailure,
            Map<String, Latencies> latencies,
            Optional<ResponseParts> parts) {
        return new DriverResult(
                0,
                1000,
                1000,
                Map.of(),
                1,
                1,
                1000,
                errors,
                0,
                0,
                unsent,
                0,
                latencies,
                List.of(),
                GeneratorLag.NONE,
                parts,
                SlowestOperations.NONE,
                WarmUpEnd.PLANNED,
                new Pauses(new Histogram(3), List.of(), List.of(), 0),
                unacknowledged,
                firstFailure,
                Optional.empty());
    }

    /** A group that is not there. */
    private static final class Members extends IdleDeployment {
        private final CountDownLatch looked = new CountDownLatch(1);
        private long epoch;
        private @Nullable RuntimeException gone;

        void awaitLook() {
            try {
                assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Map<String, Long> appliedIndexes() {
            looked.countDown();
            if (gone != null) {
                throw gone;
            }
            return Map.of();
        }

        @Override
        public long leadershipEpoch() {
            return epoch;
        }
    }
}
