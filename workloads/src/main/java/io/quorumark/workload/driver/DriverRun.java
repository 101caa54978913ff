package io.quorumark.workload.driver;

import io.quorumark.workload.OperationStream;
import io.quorumark.workload.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One run from its first operation to quiescence, as seen from the thread that called the driver: it collects, tells the progress, and
 * watches for operations that get lost.
 */
final class DriverRun {
    private static final long TICK_NANOS = Timeline.SECOND_NANOS;

    /** How long the run's own thread may take to come back from a target that lost operations. */
    private static final long MOST_END_MILLIS = 1_000;

    private static final long FOR_AS_LONG_AS_IT_TAKES = 0;

    private final OperationStream stream;
    private final NanoClock clock;
    private final RunPlan plan;
    private final boolean load;
    private final Progress.Listener listener;
    private final WindowListener window;
    private final long firstOperation;
    private final Timeline timeline;
    private final SendSchedule issue;
    private final Collector collector;
    private final List<Schedule> schedules;
    private final PacerThread thread;
    private final Submitter submitter;
    private long progressCompleted;
    private long progressNanos;
    private long tickCompleted;
    private long tickNanos;
    private long nextTickNanos = TICK_NANOS;
    private boolean windowBegan;
    private boolean windowEnded;

    DriverRun(
            OperationStream stream,
            Target target,
            NanoClock clock,
            Progress.Listener listener,
            WindowListener window,
            RunPlan plan,
            boolean load,
            long seed,
            Pacing pacing) {
        this.stream = stream;
        this.clock = clock;
        this.plan = plan;
        this.load = load;
        this.listener = listener;
        this.window = window;
        firstOperation = stream.position();
        boolean open = plan.load().isPaced();
        timeline = new Timeline(stream.operationClasses().size(), open);
        collector = new Collector(stream.operationClasses(), open, timeline);
        Schedule sending = Schedule.of(plan.load(), seed, stream);
        Schedule waking = Schedule.of(plan.load(), seed, stream);
        schedules = sending == null || waking == null ? List.of() : List.of(sending, waking);
        issue = new SendSchedule(plan, sending, timeline, new CollectionShare(clock::collectionNanos));
        thread = new PacerThread(clock, waking, pacing, timeline, window);
        submitter = new Submitter(stream, target, clock, plan, issue, timeline, Thread.currentThread(), thread);
    }

    /**
     * Runs to the end.
     *
     * @throws QuiescenceException outstanding operations do not complete
     * @throws InterruptedException the calling thread was interrupted; nothing is outstanding any more
     */
    DriverResult execute() throws InterruptedException {
        prepare();
        submitter.begin();
        PauseDetector pauseDetector = new PauseDetector(clock, timeline, submitter.startNanos());
        pauseDetector.start();
        thread.begin(submitter);
        boolean interrupted;
        try {
            interrupted = awaitQuiescence();
        } finally {
            end(pauseDetector);
        }
        tellWindow();
        if (interrupted) {
            throw new InterruptedException("the run was interrupted");
        }
        collector.collect();
        return result(pauseDetector.pauses(thread.stalls()));
    }

    /** @return whether the calling thread was interrupted meanwhile */
    private boolean awaitQuiescence() {
        boolean interrupted = false;
        while (!submitter.isQuiescent()) {
            clock.parkUntil(submitter.startNanos() + nextWakeUpNanos());
            if (Thread.interrupted()) {
                interrupted = true;
                submitter.stop("interrupted");
                submitter.signal();
            }
            watch();
        }
        return interrupted;
    }

    /** Ends both threads and closes the schedules, unless the target keeps the run's own thread, which may still look at them. */
    private void end(PauseDetector pauseDetector) throws InterruptedException {
        boolean quiescent = submitter.isQuiescent();
        if (!quiescent) {
            submitter.stop("the run was given up");
        }
        pauseDetector.finish();
        thread.finish();
        try {
            thread.join(quiescent ? FOR_AS_LONG_AS_IT_TAKES : MOST_END_MILLIS);
        } finally {
            if (!thread.isAlive()) {
                schedules.forEach(Schedule::close);
            }
        }
    }

    private void prepare() throws InterruptedException {
        boolean prepared = false;
        try {
            thread.prepare();
            prepared = true;
        } finally {
            if (!prepared) {
                thread.finish();
                schedules.forEach(Schedule::close);
            }
        }
    }

    private long nextWakeUpNanos() {
        long nowNanos = submitter.elapsedNanos();
        long markNanos = timeline.markNanos();
        long endNanos = timeline.endNanos();
        if (markNanos > nowNanos) {
            return Math.min(nextTickNanos, markNanos);
        }
        return endNanos > nowNanos ? Math.min(nextTickNanos, endNanos) : nextTickNanos;
    }

    private void watch() {
        tellWindow();
        collector.collect();
        if (plan.warmUp() instanceof SteadyWarmUp rule
                && !timeline.isMarked()
                && rule.isSteady(collector.warmUpFigures())) {
            submitter.warmUpIsSteady();
        }
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

    private void tellWindow() {
        long nowNanos = submitter.elapsedNanos();
        if (!windowBegan && (nowNanos >= timeline.markNanos() || submitter.isQuiescent())) {
            windowBegan = true;
            window.windowBegins();
        }
        if (windowBegan && !windowEnded && (nowNanos >= timeline.endNanos() || submitter.isQuiescent())) {
            windowEnded = true;
            window.windowEnds();
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
                            "%d of %d operations never completed: nothing came back for %.1f s; see the target's log, or raise the"
                                    + " quiescence timeout",
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

    private DriverResult result(Pauses pauses) {
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
                collector.parts(),
                timeline.slowest().slowest(submitter.startNanos(), markNanos, stream.operationClasses()),
                issue.warmUpEnd(),
                pauses,
                submitter.unacknowledged(),
                Optional.ofNullable(submitter.firstFailure()),
                Optional.ofNullable(submitter.stopReason()));
    }
}
