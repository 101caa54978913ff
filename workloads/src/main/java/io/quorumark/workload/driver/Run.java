package io.quorumark.workload.driver;

import io.quorumark.workload.OperationStream;
import io.quorumark.workload.Target;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run from its first operation to quiescence, as seen from the thread that called the driver: it collects, tells the progress, and watches for operations that get lost. */
final class Run {
    private static final long TICK_NANOS = Timeline.SECOND_NANOS;

    private final OperationStream stream;
    private final NanoClock clock;
    private final RunPlan plan;
    private final boolean load;
    private final Progress.Listener listener;
    private final long firstOperation;
    private final Timeline timeline;
    private final Issue issue;
    private final Collector collector;
    private final RunThread thread;
    private final Submitter submitter;
    private long progressCompleted;
    private long progressNanos;
    private long tickCompleted;
    private long tickNanos;
    private long nextTickNanos = TICK_NANOS;

    Run(
            OperationStream stream,
            Target target,
            NanoClock clock,
            Progress.Listener listener,
            RunPlan plan,
            boolean load,
            long seed) {
        this.stream = stream;
        this.clock = clock;
        this.plan = plan;
        this.load = load;
        this.listener = listener;
        firstOperation = stream.position();
        boolean open = plan.load() instanceof Load.OpenLoop;
        timeline = new Timeline(stream.operationClasses().size(), open);
        collector = new Collector(stream.operationClasses(), open, timeline);
        issue = new Issue(plan, schedule(plan, seed), timeline);
        thread = new RunThread(clock, schedule(plan, seed));
        submitter = new Submitter(stream, target, clock, plan, issue, timeline, Thread.currentThread(), thread);
    }

    private static @Nullable Schedule schedule(RunPlan plan, long seed) {
        return plan.load() instanceof Load.OpenLoop open ? new Schedule(open, seed) : null;
    }

    /**
     * Runs to the end.
     *
     * @throws QuiescenceException outstanding operations do not complete
     * @throws InterruptedException the calling thread was interrupted; nothing is outstanding any more
     */
    DriverResult execute() throws InterruptedException {
        boolean interrupted = false;
        thread.start(submitter);
        try {
            while (!submitter.isQuiescent()) {
                clock.parkUntil(submitter.startNanos() + nextWakeUpNanos());
                if (Thread.interrupted()) {
                    interrupted = true;
                    submitter.stop("interrupted");
                    submitter.signal();
                }
                watch();
            }
        } finally {
            if (!submitter.isQuiescent()) {
                submitter.stop("the run was given up");
            }
            thread.finish();
        }
        thread.join();
        if (interrupted) {
            throw new InterruptedException("the run was interrupted");
        }
        collector.collect();
        return result();
    }

    private long nextWakeUpNanos() {
        long nowNanos = submitter.elapsedNanos();
        long endNanos = timeline.endNanos();
        return endNanos > nowNanos ? Math.min(nextTickNanos, endNanos) : nextTickNanos;
    }

    private void watch() {
        collector.collect();
        Throwable fault = submitter.fault();
        if (fault != null) {
            throw new IllegalStateException(
                    "the load driver itself failed after " + submitter.issuedOperations() + " operations: " + fault,
                    fault);
        }
        long nowNanos = submitter.elapsedNanos();
        long completed = submitter.completedOperations();
        if (nowNanos >= timeline.endNanos()) {
            submitter.windowOver();
        }
        checkProgress(nowNanos, completed);
        if (nowNanos >= nextTickNanos && !submitter.isQuiescent()) {
            double rateOpsPerSecond = (completed - tickCompleted) * 1e9 / (nowNanos - tickNanos);
            listener.onProgress(new Progress(
                    phase(nowNanos), nowNanos / 1e9, completed, rateOpsPerSecond, collector.lastP99Nanos()));
            tickCompleted = completed;
            tickNanos = nowNanos;
            nextTickNanos = nowNanos - nowNanos % TICK_NANOS + TICK_NANOS;
        }
    }

    private void checkProgress(long nowNanos, long completed) {
        long outstanding = submitter.issuedOperations() - completed;
        if (completed != progressCompleted || outstanding == 0) {
            progressCompleted = completed;
            progressNanos = nowNanos;
        } else if (nowNanos - progressNanos > plan.quiescenceTimeout().toNanos()) {
            throw new QuiescenceException(
                    (int) outstanding,
                    String.format(
                            Locale.ROOT,
                            "%d of %d operations never completed: nothing came back for %.1f s; see the target's log, or raise the quiescence timeout",
                            outstanding,
                            submitter.issuedOperations(),
                            (nowNanos - progressNanos) / 1e9));
        }
    }

    private Progress.Phase phase(long nowNanos) {
        if (load) {
            return Progress.Phase.LOAD;
        }
        if (nowNanos < timeline.markNanos()) {
            return Progress.Phase.WARM_UP;
        }
        return nowNanos < timeline.endNanos() ? Progress.Phase.MEASURE : Progress.Phase.DRAIN;
    }

    private DriverResult result() {
        long lastNanos = submitter.lastCompletedNanos();
        boolean early = submitter.stopReason() != null;
        long endNanos = timeline.hasEnd() && !early ? timeline.endNanos() : Math.min(lastNanos, timeline.endNanos());
        long markNanos = Math.min(timeline.markNanos(), endNanos);
        return new DriverResult(
                firstOperation,
                stream.position(),
                stream.position() - firstOperation,
                submitter.outcomes().toMap(),
                markNanos / 1e9,
                (endNanos - markNanos) / 1e9,
                collector.operations(),
                collector.errors(),
                collector.drained(),
                Math.max(0, lastNanos - endNanos) / 1e9,
                issue.unsent(),
                collector.clamped(),
                collector.latencies(),
                collector.intervals(),
                issue.lag(),
                Optional.ofNullable(submitter.firstFailure()),
                Optional.ofNullable(submitter.stopReason()));
    }
}
