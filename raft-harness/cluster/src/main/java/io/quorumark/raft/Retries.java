package io.quorumark.raft;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tries operations again that no leader took, until their time is up: the same for every client of a group. Thread-safe. */
final class Retries {
    private static final long PAUSE_MILLIS = 5;

    private final ScheduledExecutorService executor;
    private final String owner;

    /**
     * @param executor shut down by who made it; nothing is tried again from then on
     * @param owner as messages name it, such as {@code the cluster}
     */
    Retries(ScheduledExecutorService executor, String owner) {
        this.executor = executor;
        this.owner = owner;
    }

    /** Submits a write again, which no member has taken yet. */
    void write(PendingWrite write, Consumer<PendingWrite> again) {
        orFail(
                write.deadlineNanos(),
                new RaftFailure(RaftFailure.Code.NO_LEADER, "no leader took the write in time"),
                // a member may have taken it before something failed
                RaftFailure.Code.UNKNOWN_OUTCOME,
                failure -> write.fail(failure.code(), failure.detail()),
                () -> again.accept(write));
    }

    /**
     * Tries once more after a moment.
     *
     * @param deadlineNanos of {@link System#nanoTime}; the operation ends if it is past
     * @param late what it ends with then
     * @param ended told if there is no other attempt, or if that throws
     */
    void orFail(long deadlineNanos, RaftFailure late, Consumer<RaftFailure> ended, Runnable attempt) {
        orFail(deadlineNanos, late, RaftFailure.Code.UNAVAILABLE, ended, attempt);
    }

    private void orFail(
            long deadlineNanos,
            RaftFailure late,
            RaftFailure.Code ofDefect,
            Consumer<RaftFailure> ended,
            Runnable attempt) {
        if (System.nanoTime() - deadlineNanos > 0) {
            ended.accept(late);
            return;
        }
        try {
            later(() -> runOrFail(attempt, ofDefect, ended), PAUSE_MILLIS);
        } catch (RejectedExecutionException e) {
            ended.accept(new RaftFailure(RaftFailure.Code.UNAVAILABLE, owner + " is closed"));
        }
    }

    /** @throws RejectedExecutionException the owner is closed */
    void later(Runnable attempt, long millis) {
        ScheduledFuture<?> unused = executor.schedule(() -> run(attempt), millis, TimeUnit.MILLISECONDS);
    }

    /** Left out, whoever waits for the operation would wait for ever. */
    private static void runOrFail(Runnable attempt, RaftFailure.Code ofDefect, Consumer<RaftFailure> ended) {
        try {
            attempt.run();
        } catch (RuntimeException | Error e) {
            PendingWrite.report(e);
            ended.accept(new RaftFailure(ofDefect, "it failed by a defect: " + e));
        }
    }

    /** An executor would keep to itself what an attempt throws. */
    private static void run(Runnable attempt) {
        try {
            attempt.run();
        } catch (RuntimeException | Error e) {
            PendingWrite.report(e);
        }
    }
}
