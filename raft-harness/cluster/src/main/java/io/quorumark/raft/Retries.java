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
                failure -> write.fail(failure.code(), failure.detail()),
                () -> again.accept(write));
    }

    /**
     * Tries once more after a moment.
     *
     * @param deadlineNanos of {@link System#nanoTime}; the operation ends if it is past
     * @param late what it ends with then
     * @param ended told if there is no other attempt
     */
    void orFail(long deadlineNanos, RaftFailure late, Consumer<RaftFailure> ended, Runnable attempt) {
        if (System.nanoTime() - deadlineNanos > 0) {
            ended.accept(late);
            return;
        }
        try {
            later(attempt, PAUSE_MILLIS);
        } catch (RejectedExecutionException e) {
            ended.accept(new RaftFailure(RaftFailure.Code.UNAVAILABLE, owner + " is closed"));
        }
    }

    /** @throws RejectedExecutionException the owner is closed */
    void later(Runnable attempt, long millis) {
        ScheduledFuture<?> unused = executor.schedule(() -> run(attempt), millis, TimeUnit.MILLISECONDS);
    }

    /** An executor would keep to itself what an attempt throws. */
    private static void run(Runnable attempt) {
        try {
            attempt.run();
        } catch (RuntimeException e) {
            PendingWrite.report(e);
        }
    }
}
