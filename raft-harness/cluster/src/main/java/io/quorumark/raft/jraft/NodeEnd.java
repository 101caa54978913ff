package io.quorumark.raft.jraft;

import io.quorumark.raft.ClusterException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ends a node of the library within a time limit: the library waits for its own locks without one, and cannot be interrupted there. */
final class NodeEnd {
    /** Far more than a node takes to apply what it has in hand. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    /** For a node that has not started: it has nothing in hand, and of what it has not made the library may wait for the end for ever. */
    static final Duration LIMIT_OF_UNSTARTED = Duration.ofSeconds(2);

    /** {@code Node.shutdown} and {@code Node.join}. */
    interface Steps {
        void run() throws InterruptedException;
    }

    private NodeEnd() {}

    /**
     * Runs {@code steps} on a thread of their own and waits for it.
     *
     * @param late if the wait ends before the steps do: told when they have ended, and what they threw or null; on their thread, or before
     *     this throws
     * @throws ClusterException.MemberFailed the steps threw, or have not ended after {@code limit}; they then go on
     */
    static void await(Steps steps, String memberId, Duration limit, Consumer<@Nullable Throwable> late)
            throws InterruptedException {
        CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        steps.run();
                        ended.complete(null);
                    } catch (InterruptedException | RuntimeException | Error e) {
                        ended.completeExceptionally(e);
                    }
                },
                "end-of-" + memberId);
        thread.setDaemon(true);
        thread.start();
        try {
            ended.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            IllegalStateException standstill = new IllegalStateException("is here");
            standstill.setStackTrace(thread.getStackTrace());
            tell(ended, late);
            throw new ClusterException.MemberFailed(
                    "member " + memberId + " has not ended " + limit.toSeconds()
                            + " s after it was stopped; its engines stay open until it has",
                    standstill);
        } catch (ExecutionException e) {
            throw new ClusterException.MemberFailed(
                    "member " + memberId + " does not end: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            tell(ended, late);
            throw e;
        }
    }

    private static void tell(CompletableFuture<@Nullable Void> ended, Consumer<@Nullable Throwable> late) {
        CompletableFuture<@Nullable Void> unused = ended.whenComplete((nothing, failure) -> late.accept(failure));
    }
}
