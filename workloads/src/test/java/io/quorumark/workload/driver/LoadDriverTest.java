package io.quorumark.workload.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.workload.Completion;
import io.quorumark.workload.Demand;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationStream;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.StreamDigest;
import io.quorumark.workload.Target;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.catalog.WorkloadCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadDriverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final WorkloadSpec SPEC = WorkloadCatalog.find("ycsb-a");

    private final OperationStream stream = SPEC.openStream(7, 1_000);

    private LoadDriver driver(Target target) {
        return new LoadDriver(stream, target, NanoClock.system(), Progress.Listener.NONE, 1);
    }

    private static RunPlan counted(int clients, long warmUp, long measured) {
        return new RunPlan(
                new Load.ClosedLoop(clients),
                new PhaseLimit.Operations(warmUp),
                new PhaseLimit.Operations(measured),
                PATIENCE,
                1_000);
    }

    @Test
    void a_target_that_completes_inline_is_asked_exactly_n_times_without_recursion() throws Exception {
        InlineTarget target = new InlineTarget();
        LoadDriver driver = driver(target);
        DriverResult loaded = driver.load(3, PATIENCE);
        DriverResult result = driver.run(counted(5, 2_000, 50_000));

        assertThat(loaded.issued()).isEqualTo(1_000);
        assertThat(result.issued()).isEqualTo(52_000);
        assertThat(result.streamPosition()).isEqualTo(53_000);
        assertThat(target.submitted).isEqualTo(53_000);
        assertThat(target.deepest).isEqualTo(1);
        assertThat(result.outcomes()).containsEntry(Outcome.OK, 52_000L).containsEntry(Outcome.FAILED, 0L);
        assertThat(result.operations()).isBetween(50_000L, 50_005L);
        assertThat(result.drainedOperations()).isZero();
        assertThat(result.stoppedEarly()).isEmpty();
        assertThat(result.latencies()).containsOnlyKeys("read", "update", "all");
        assertThat(result.all().response().getTotalCount()).isEqualTo(result.operations());
        assertThat(result.all().service()).isEmpty();
    }

    @Test
    void operations_reach_the_target_in_stream_order_whatever_order_they_complete_in() throws Exception {
        try (ScatteredTarget target = new ScatteredTarget(4)) {
            LoadDriver driver = driver(target);
            driver.load(16, PATIENCE);
            DriverResult result = driver.run(counted(64, 0, 20_000));

            assertThat(result.issued()).isEqualTo(20_000);
            assertThat(target.overlaps.get()).isZero();
            assertThat(target.mostOutstanding).isLessThanOrEqualTo(64);
            OperationStream again = SPEC.openStream(7, 1_000);
            Operation operation = new Operation();
            for (String seen : target.keys) {
                again.next(operation);
                assertThat(seen).isEqualTo(describe(operation));
            }
            assertThat(target.keys).hasSize(21_000);
            assertThat(again.digest().current()).isEqualTo(stream.digest().current());
        }
    }

    @Test
    void intervals_add_up_to_the_totals_and_can_be_decoded() throws Exception {
        LoadDriver driver = driver(new InlineTarget());
        driver.load(1, PATIENCE);
        DriverResult result = driver.run(new RunPlan(
                new Load.ClosedLoop(2), new PhaseLimit.Seconds(0.2), new PhaseLimit.Seconds(1.3), PATIENCE, 1));

        assertThat(result.windowSeconds()).isEqualTo(1.3);
        assertThat(result.warmUpSeconds()).isEqualTo(0.2);
        List<ReportingInterval> window =
                result.intervals().stream().filter(i -> !i.drain()).toList();
        assertThat(window).extracting(ReportingInterval::second).containsExactly(0, 1);
        assertThat(window.get(0).seconds()).isEqualTo(1.0);
        assertThat(window.stream().mapToLong(ReportingInterval::operations).sum())
                .isEqualTo(result.operations());
        long decoded = result.intervals().stream()
                .flatMap(i -> i.latencies().values().stream())
                .mapToLong(l -> l.decode().response().getTotalCount())
                .sum();
        assertThat(decoded).isEqualTo(result.all().response().getTotalCount());
        assertThat(decoded).isEqualTo(result.operations() + result.drainedOperations());
    }

    @Test
    void progress_is_told_once_a_second_with_the_phase() throws Exception {
        List<Progress> told = new ArrayList<>();
        LoadDriver driver = new LoadDriver(stream, new InlineTarget(), NanoClock.system(), told::add, 1);
        driver.load(1, PATIENCE);
        driver.run(new RunPlan(
                new Load.ClosedLoop(2), new PhaseLimit.Seconds(1.5), new PhaseLimit.Seconds(1), PATIENCE, 1));
        // a late word on a busy machine is of a later phase, and one may be left out
        assertThat(told)
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(2)
                .extracting(Progress::phase)
                .isSorted()
                .isSubsetOf(Progress.Phase.WARM_UP, Progress.Phase.MEASURE);
        assertThat(told).allSatisfy(word -> assertThat(word.rateOpsPerSecond()).isPositive());
        if (told.size() == 2) {
            assertThat(told.get(1).p99Nanos()).as("of a whole second before it").isPositive();
        }
    }

    @Test
    void operations_that_never_complete_are_counted_in_the_failure() {
        Target losing = new InlineTarget() {
            @Override
            public void submit(Operation operation, Completion completion) {
                if (++submitted % 100 != 0) {
                    completion.complete(Outcome.OK);
                }
            }
        };
        assertThatThrownBy(() -> driver(losing).load(4, Duration.ofSeconds(5)))
                .isInstanceOf(QuiescenceException.class)
                .hasMessageMatching("4 of 400 operations never completed: nothing came back for .* s; see .*");
    }

    @Test
    void a_target_that_throws_ends_the_load_at_once_and_says_why() throws Exception {
        Target throwing = new InlineTarget() {
            @Override
            public void submit(Operation operation, Completion completion) {
                throw new IllegalStateException("disk on fire");
            }
        };
        DriverResult result = driver(throwing).load(1, PATIENCE);
        assertThat(result.issued()).isEqualTo(1);
        assertThat(result.outcomes()).containsEntry(Outcome.FAILED, 1L);
        assertThat(result.firstFailure()).hasValueSatisfying(f -> assertThat(f).contains("disk on fire", "insert"));
        assertThat(result.stoppedEarly()).contains("an operation failed");
    }

    @Test
    void completing_an_operation_twice_is_reported_to_the_target() throws Exception {
        List<String> complaints = new ArrayList<>();
        Target twice = new InlineTarget() {
            @Override
            public void submit(Operation operation, Completion completion) {
                completion.complete(Outcome.OK);
                try {
                    completion.complete(Outcome.OK);
                } catch (IllegalStateException e) {
                    complaints.add(String.valueOf(e.getMessage()));
                }
            }
        };
        driver(twice).load(1, PATIENCE);
        assertThat(complaints).hasSize(1_000).allMatch(c -> c.contains("completed twice"));
    }

    @Test
    void a_stream_that_fails_ends_the_run_with_its_cause() {
        OperationStream broken = new OperationStream() {
            @Override
            public String workload() {
                return "broken";
            }

            @Override
            public Set<Demand> demands() {
                return Set.of();
            }

            @Override
            public List<String> operationClasses() {
                return List.of("read");
            }

            @Override
            public long loadOperations() {
                return 10;
            }

            @Override
            public long position() {
                return 0;
            }

            @Override
            public void next(Operation into) {
                throw new ArithmeticException("broken on purpose");
            }

            @Override
            public StreamDigest digest() {
                return stream.digest();
            }
        };
        LoadDriver driver = new LoadDriver(broken, new InlineTarget(), NanoClock.system(), Progress.Listener.NONE, 1);
        assertThatThrownBy(() -> driver.load(1, PATIENCE)).hasMessageContaining("broken on purpose");
        assertThatThrownBy(() -> driver.load(1, PATIENCE)).hasMessageContaining("begin a new trial");
    }

    @Test
    void running_before_loading_is_refused() {
        assertThatThrownBy(() -> driver(new InlineTarget()).run(counted(1, 0, 1)))
                .hasMessageContaining("call load first");
    }

    @Test
    void a_target_that_cannot_do_what_the_workload_needs_is_refused_before_anything_is_sent() {
        InlineTarget target = new InlineTarget();
        LoadDriver driver = new LoadDriver(
                WorkloadCatalog.find("raft-log").openStream(1, 100),
                target,
                NanoClock.system(),
                Progress.Listener.NONE,
                1);
        assertThatThrownBy(() -> driver.load(1, PATIENCE))
                .hasMessage(
                        "workload raft-log: needs DELETE_RANGE, which InlineTarget does not carry out; choose another workload or"
                                + " another target");
        assertThat(target.submitted).isZero();
    }

    @Test
    void an_interrupted_run_stops_sending_and_waits_for_what_is_outstanding() throws Exception {
        InlineTarget target = new InlineTarget();
        LoadDriver driver = driver(target);
        driver.load(1, PATIENCE);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> driver.run(new RunPlan(
                        new Load.ClosedLoop(1), PhaseLimit.NONE, new PhaseLimit.Seconds(1_000), PATIENCE, 1)))
                .isInstanceOf(InterruptedException.class);
        assertThat((long) target.submitted).isEqualTo(stream.position());
    }

    private static String describe(Operation operation) {
        return operation.kind() + " "
                + new String(operation.key(), 0, operation.keyLength(), java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** Completes everything within submit. */
    private static class InlineTarget implements Target {
        int submitted;
        int depth;
        int deepest;

        @Override
        public void submit(Operation operation, Completion completion) {
            submitted++;
            deepest = Math.max(deepest, ++depth);
            completion.complete(Outcome.OK);
            depth--;
        }

        @Override
        public void close() {}
    }

    /** Completes from several threads, in random order. */
    private static final class ScatteredTarget implements Target {
        final List<String> keys = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger overlaps = new AtomicInteger();
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger outstanding = new AtomicInteger();
        volatile int mostOutstanding;
        private final ExecutorService threads;
        private final Random random = new Random(3);
        private final List<Completion> held = new ArrayList<>();

        ScatteredTarget(int threadCount) {
            threads = Executors.newFixedThreadPool(threadCount);
        }

        @Override
        public void submit(Operation operation, Completion completion) {
            if (inside.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            keys.add(describe(operation));
            mostOutstanding = Math.max(mostOutstanding, outstanding.incrementAndGet());
            synchronized (held) {
                held.add(completion);
            }
            threads.execute(this::completeOne);
            inside.decrementAndGet();
        }

        private void completeOne() {
            Completion completion;
            synchronized (held) {
                completion = held.remove(random.nextInt(held.size()));
            }
            outstanding.decrementAndGet();
            completion.complete(Outcome.OK);
        }

        @Override
        public void close() {
            threads.shutdown();
            try {
                assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
