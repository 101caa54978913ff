package io.quorumark.workload.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.workload.ArrivalTimes;
import io.quorumark.workload.Completion;
import io.quorumark.workload.Demand;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationStream;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.StreamDigest;
import io.quorumark.workload.Target;
import io.quorumark.workload.catalog.WorkloadCatalog;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a run ends, it leaves no thread and no open file. */
@Timeout(60)
class RunEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger openSchedules = new AtomicInteger();
    private final Replayed stream = new Replayed();

    private LoadDriver driver(Target target, Duration patience) throws InterruptedException {
        LoadDriver driver = new LoadDriver(stream, target, NanoClock.system(), Progress.Listener.NONE, 1);
        driver.load(1, patience);
        return driver;
    }

    private static RunPlan replay(double seconds, Duration patience) {
        return new RunPlan(new Load.Replay(2, 1), PhaseLimit.NONE, new PhaseLimit.Seconds(seconds), patience, 1_000);
    }

    private void assertNothingIsLeft() throws InterruptedException {
        assertThat(openSchedules).as("open schedules").hasValue(0);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("quorumark-pauses") || thread.getName().equals("quorumark-load")) {
                thread.join(5_000);
                assertThat(thread.isAlive()).as(thread.getName() + " lives").isFalse();
            }
        }
    }

    @Test
    void a_run_that_ends_as_planned_leaves_nothing() throws Exception {
        driver(new Prompt(), PATIENCE).run(replay(0.2, PATIENCE));
        assertNothingIsLeft();
    }

    @Test
    void a_run_that_is_interrupted_leaves_nothing() throws Exception {
        LoadDriver driver = driver(new Prompt(), PATIENCE);
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            LockSupport.parkNanos(300_000_000);
            caller.interrupt();
        });
        interrupter.start();
        assertThatThrownBy(() -> driver.run(replay(1_000, PATIENCE))).isInstanceOf(InterruptedException.class);
        interrupter.join();
        assertNothingIsLeft();
    }

    @Test
    void a_run_whose_operations_get_lost_leaves_nothing() throws Exception {
        Prompt target = new Prompt();
        LoadDriver driver = driver(target, PATIENCE);
        target.loses = true;
        assertThatThrownBy(() -> driver.run(replay(1_000, Duration.ofMillis(200))))
                .isInstanceOf(QuiescenceException.class);
        assertNothingIsLeft();
    }

    @Test
    void a_run_whose_progress_nobody_takes_leaves_nothing() throws Exception {
        Progress.Listener deaf = progress -> {
            throw new IllegalStateException("no console");
        };
        LoadDriver driver = new LoadDriver(stream, new Prompt(), NanoClock.system(), deaf, 1);
        driver.load(1, PATIENCE);
        assertThatThrownBy(() -> driver.run(replay(1_000, PATIENCE))).hasMessage("no console");
        assertNothingIsLeft();
    }

    @Test
    void a_target_that_never_returns_does_not_keep_the_run() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Prompt target = new Prompt();
        LoadDriver driver = driver(target, PATIENCE);
        target.blocks = never;
        assertThatThrownBy(() -> driver.run(replay(1_000, Duration.ofMillis(200))))
                .isInstanceOf(QuiescenceException.class);
        never.countDown();
        assertThat(target.returned.await(10, TimeUnit.SECONDS)).isTrue();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("quorumark-pauses") || thread.getName().equals("quorumark-load")) {
                thread.join(5_000);
            }
        }
    }

    /** Completes within submit, unless it is told otherwise. */
    private static final class Prompt implements Target {
        final CountDownLatch returned = new CountDownLatch(1);
        volatile boolean loses;
        volatile CountDownLatch blocks = new CountDownLatch(0);

        @Override
        public void submit(Operation operation, Completion completion) {
            if (blocks.getCount() > 0) {
                try {
                    blocks.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                completion.complete(Outcome.OK);
                returned.countDown();
            } else if (!loses) {
                completion.complete(Outcome.OK);
            }
        }

        @Override
        public void close() {}
    }

    /** Operations of a model with times a millisecond apart, which count how many are open. */
    private final class Replayed implements OperationStream {
        private final OperationStream model = WorkloadCatalog.find("ycsb-a").openStream(7, 100);

        @Override
        public String workload() {
            return model.workload();
        }

        @Override
        public Set<Demand> demands() {
            return model.demands();
        }

        @Override
        public List<String> operationClasses() {
            return model.operationClasses();
        }

        @Override
        public long loadOperations() {
            return model.loadOperations();
        }

        @Override
        public long position() {
            return model.position();
        }

        @Override
        public void next(Operation into) {
            model.next(into);
        }

        @Override
        public StreamDigest digest() {
            return model.digest();
        }

        @Override
        public ArrivalTimes openArrivals() {
            openSchedules.incrementAndGet();
            return new ArrivalTimes() {
                private long index;

                @Override
                public long dueNanos() {
                    return index * 1_000_000;
                }

                @Override
                public void advance() {
                    index++;
                }

                @Override
                public double meanGapNanos() {
                    return 1_000_000;
                }

                @Override
                public void close() {
                    openSchedules.decrementAndGet();
                }
            };
        }
    }
}
