package io.quorumark.workload.driver;

import io.quorumark.workload.Completion;
import io.quorumark.workload.Demand;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationClass;
import io.quorumark.workload.OperationKind;
import io.quorumark.workload.OperationStream;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.StreamDigest;
import io.quorumark.workload.Target;
import io.quorumark.workload.catalog.WorkloadCatalog;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * Prints what the driver itself costs on this machine: against a target that does nothing, with a stream that does nothing either, so that
 * what remains is the driver. Run by hand; no test depends on the figures. Argument: rounds, 3 by default.
 */
final class DriverCost {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OPEN_RATE = 100_000;
    private static final int OPEN_SECONDS = 10;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private DriverCost() {}

    public static void main(String[] arguments) throws InterruptedException {
        int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        for (int round = 0; round < rounds; round++) {
            closedLoop("nothing generated", new SameOperation(), 1);
            closedLoop("nothing generated", new SameOperation(), 16);
            closedLoop("ycsb-c", WorkloadCatalog.find("ycsb-c").openStream(1, 100_000), 16);
            clock();
            recording();
            bareLoop();
            for (Pacing pacing : Pacing.values()) {
                openLoop(Load.Arrivals.CONSTANT, pacing);
                openLoop(Load.Arrivals.POISSON, pacing);
            }
        }
    }

    private static void closedLoop(String name, OperationStream stream, int clients) throws InterruptedException {
        NoTarget target = new NoTarget();
        Allocations allocations = new Allocations(target);
        LoadDriver driver = new LoadDriver(stream, target, NanoClock.system(), Progress.Listener.NONE, 1);
        driver.load(clients, PATIENCE);
        DriverResult result = driver.run(
                new RunPlan(
                        new Load.ClosedLoop(clients),
                        new PhaseLimit.Seconds(3),
                        new PhaseLimit.Seconds(3),
                        PATIENCE,
                        1),
                allocations);
        System.out.printf(
                Locale.ROOT,
                "closed loop, %2d clients, %-17s: %5.2f M op/s, %5.1f ns/op, %.4f B/op, stalled %.1f %%%n",
                clients,
                name,
                result.throughputOpsPerSecond() / 1e6,
                1e9 / result.throughputOpsPerSecond(),
                (double) allocations.bytes / result.operations(),
                100 * result.pauses().stalledSeconds() / result.windowSeconds());
    }

    private static void clock() {
        int reads = 20_000_000;
        long sum = 0;
        long start = System.nanoTime();
        for (int i = 0; i < reads; i++) {
            sum += System.nanoTime();
        }
        System.out.printf(
                Locale.ROOT,
                "reading the clock: %.1f ns%s%n",
                (System.nanoTime() - start) / (double) reads,
                sum == 0 ? " " : "");
    }

    /** The way of a completion from the submitter into the histograms, without clock and target. */
    private static void recording() {
        Timeline timeline = new Timeline(5, true);
        timeline.setMark(0);
        Slot slot = idleSlot(timeline);
        slot.operation.reset(OperationKind.READ, new OperationClass(0, "read"));
        int operations = 50_000_000;
        long start = System.nanoTime();
        for (long i = 0; i < operations; i++) {
            slot.completedNanos = i;
            slot.sentNanos = i - 1_000 - (i & 0xffff);
            slot.intendedNanos = slot.sentNanos - 100;
            timeline.add(slot);
        }
        double nanos = (System.nanoTime() - start) / (double) operations;
        System.out.printf(Locale.ROOT, "recording response and service time: %.1f ns/op%n", nanos);
    }

    private static Slot idleSlot(Timeline timeline) {
        RunPlan plan = new RunPlan(
                new Load.OpenLoop(OPEN_RATE, 1, Load.Arrivals.CONSTANT),
                PhaseLimit.NONE,
                new PhaseLimit.Seconds(1),
                PATIENCE,
                1);
        Thread own = Thread.currentThread();
        return new Slot(new Submitter(
                new SameOperation(),
                new NoTarget(),
                NanoClock.system(),
                plan,
                new SendSchedule(
                        plan,
                        Schedule.of(new Load.OpenLoop(OPEN_RATE, 1, Load.Arrivals.CONSTANT), 1),
                        timeline,
                        new CollectionShare(() -> 0)),
                timeline,
                own,
                own));
    }

    private static void openLoop(Load.Arrivals arrivals, Pacing pacing) throws InterruptedException {
        OpenTarget target = new OpenTarget();
        StartClock clock = new StartClock();
        LoadDriver driver = new LoadDriver(new SameOperation(), target, clock, Progress.Listener.NONE, 1, pacing);
        Load.OpenLoop load = new Load.OpenLoop(OPEN_RATE, 64, arrivals);
        driver.run(new RunPlan(load, PhaseLimit.NONE, new PhaseLimit.Seconds(3), PATIENCE, 1));
        target.sent = 0;
        clock.startNanos = 0;
        Allocations allocations = new Allocations(target);
        DriverResult result = driver.run(
                new RunPlan(load, new PhaseLimit.Seconds(0), new PhaseLimit.Seconds(OPEN_SECONDS), PATIENCE, 1),
                allocations);
        Histogram all = IntervalHistograms.newHistogram();
        Histogram outside = IntervalHistograms.newHistogram();
        Histogram awake = IntervalHistograms.newHistogram();
        Schedule schedule = Schedule.of(load, 1);
        for (int i = 0; i < target.sent; i++) {
            long sentNanos = target.sentNanos[i] - clock.startNanos;
            long lagNanos = Math.max(0, sentNanos - schedule.dueNanos());
            all.recordValue(lagNanos);
            if (!stalled(result.pauses().stalls(), schedule.dueNanos(), sentNanos)) {
                outside.recordValue(lagNanos);
                if (!stalled(result.pauses().loadStalls(), schedule.dueNanos(), sentNanos)) {
                    awake.recordValue(lagNanos);
                }
            }
            schedule.advance();
        }
        System.out.printf(
                Locale.ROOT,
                "open loop %s, %s: %.0f op/s, %.3f B/op, %.0f %% of a processor over %d s; %d stalls of %.2f s, the detector's p99.9"
                        + " is %.1f us%n",
                arrivals.getClass().getSimpleName(),
                pacing,
                result.throughputOpsPerSecond(),
                (double) allocations.bytes / result.operations(),
                100 * allocations.cpuNanos / 1e9 / OPEN_SECONDS,
                OPEN_SECONDS,
                result.pauses().stalls().size(),
                result.pauses().stalledSeconds(),
                result.pauses().histogram().getValueAtPercentile(99.9) / 1e3);
        printLag("lag of all", all, all);
        printLag("outside the stalls that the detector's thread saw", outside, all);
        printLag("and outside those of the load's own thread", awake, all);
    }

    /** What a thread without a driver achieves on the same schedule: it does nothing but sleep until the next operation is due. */
    private static void bareLoop() {
        Histogram lag = IntervalHistograms.newHistogram();
        Schedule schedule = Schedule.of(new Load.OpenLoop(OPEN_RATE, 64, Load.Arrivals.CONSTANT), 1);
        NanoClock clock = NanoClock.system();
        long startNanos = clock.nanoTime();
        long nowNanos = 0;
        while (nowNanos < OPEN_SECONDS * 1_000_000_000L) {
            nowNanos = clock.nanoTime() - startNanos;
            while (schedule.dueNanos() <= nowNanos) {
                lag.recordValue(nowNanos - schedule.dueNanos());
                schedule.advance();
            }
            clock.parkUntil(startNanos + schedule.dueNanos());
        }
        printLag("a bare thread on the schedule of the open loop", lag, lag);
    }

    private static void printLag(String name, Histogram lag, Histogram all) {
        System.out.printf(
                Locale.ROOT,
                "    %s: p50 %.1f p99 %.1f p99.9 %.1f max %.1f us (%.2f %% of operations)%n",
                name,
                lag.getValueAtPercentile(50) / 1e3,
                lag.getValueAtPercentile(99) / 1e3,
                lag.getValueAtPercentile(99.9) / 1e3,
                lag.getMaxValue() / 1e3,
                100.0 * lag.getTotalCount() / all.getTotalCount());
    }

    /** Whether a stall overlaps the time from when an operation was due to when it was sent. */
    private static boolean stalled(List<Pauses.Stall> stalls, long dueNanos, long sentNanos) {
        for (Pauses.Stall stall : stalls) {
            if (dueNanos <= stall.startNanos() + stall.lengthNanos() && sentNanos >= stall.startNanos()) {
                return true;
            }
        }
        return false;
    }

    private static class NoTarget implements Target {
        volatile long threadId;

        @Override
        public void submit(Operation operation, Completion completion) {
            if (threadId == 0) {
                threadId = Thread.currentThread().getId();
            }
            completion.complete(Outcome.OK);
        }

        @Override
        public void close() {}
    }

    /** Notes when each operation came. */
    private static final class OpenTarget extends NoTarget {
        final long[] sentNanos = new long[2 * OPEN_RATE * OPEN_SECONDS];
        int sent;

        @Override
        public void submit(Operation operation, Completion completion) {
            sentNanos[sent++] = System.nanoTime();
            super.submit(operation, completion);
        }
    }

    /** Remembers the first time that was asked for in a run, which is what the run counts from. */
    private static final class StartClock implements NanoClock {
        volatile long startNanos;

        @Override
        public long nanoTime() {
            long now = System.nanoTime();
            if (startNanos == 0) {
                startNanos = now;
            }
            return now;
        }

        @Override
        public void parkUntil(long deadlineNanos) {
            NanoClock.system().parkUntil(deadlineNanos);
        }
    }

    /** Bytes and processor time of the thread that sends. */
    private static final class Allocations implements WindowListener {
        private final NoTarget target;
        long bytes;
        long cpuNanos;

        Allocations(NoTarget target) {
            this.target = target;
        }

        @Override
        public void windowBegins() {
            target.threadId = 0;
            while (target.threadId == 0) {
                Thread.onSpinWait();
            }
            bytes = -THREADS.getThreadAllocatedBytes(target.threadId);
            cpuNanos = -THREADS.getThreadCpuTime(target.threadId);
        }

        @Override
        public void windowEnds() {
            bytes += THREADS.getThreadAllocatedBytes(target.threadId);
            cpuNanos += THREADS.getThreadCpuTime(target.threadId);
        }
    }

    private static final class SameOperation implements OperationStream {
        private final OperationClass read = new OperationClass(0, "read");
        private final byte[] key = new byte[16];
        private long position;

        @Override
        public String workload() {
            return "same";
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
            return 0;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void next(Operation into) {
            into.reset(OperationKind.READ, read);
            System.arraycopy(key, 0, into.prepareKey(key.length), 0, key.length);
            position++;
        }

        @Override
        public StreamDigest digest() {
            throw new UnsupportedOperationException(Arrays.toString(key));
        }
    }
}
