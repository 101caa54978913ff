package io.quorumark.engine.memory;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Commits that must reach the device, several with one force: whoever comes first writes and forces on behalf of all that are waiting by
 * then, and the next one on behalf of those that came meanwhile. Nothing is written to a file that is being forced: on some devices that
 * would wait for the force, commit by commit.
 */
final class GroupCommit {
    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    /** True while somebody leads. */
    private final AtomicBoolean leading = new AtomicBoolean();

    private final Steps steps;

    GroupCommit(Steps steps) {
        this.steps = steps;
    }

    /** What a leader does. */
    interface Steps {
        /** Writes and applies one commit, or nothing of it; throws where it fails. */
        long apply(MemoryBatch batch, @Nullable MemoryTransaction transaction);

        /** Returns when everything up to that commit is on the device. */
        void force(long sequence);
    }

    /** One thread's commit. Its failure is written before {@code done}, and read after it. */
    private static final class Request {
        private final Thread thread = Thread.currentThread();
        private final MemoryBatch batch;
        private final @Nullable MemoryTransaction transaction;
        private @Nullable Throwable failure;
        /** Of those that the leader has applied; its alone. */
        private @Nullable Request next;

        private volatile boolean done;

        Request(MemoryBatch batch, @Nullable MemoryTransaction transaction) {
            this.batch = batch;
            this.transaction = transaction;
        }

        void finish() {
            done = true;
            LockSupport.unpark(thread);
        }
    }

    /** Returns when the commit is applied and durable, or throws why it is not. */
    void commit(MemoryBatch batch, @Nullable MemoryTransaction transaction) {
        Request own = new Request(batch, transaction);
        waiting.add(own);
        boolean interrupted = false;
        while (!own.done) {
            if (leading.compareAndSet(false, true)) {
                leadAndHandOver(own);
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (own.failure instanceof Error error) {
            throw error;
        }
        if (own.failure instanceof RuntimeException failure) {
            throw failure;
        }
    }

    /** Whoever has come to wait after the queue was emptied is woken to lead next. */
    private void leadAndHandOver(Request own) {
        try {
            if (!own.done) {
                lead();
            }
        } finally {
            leading.set(false);
            Request next = waiting.peek();
            if (next != null) {
                LockSupport.unpark(next.thread);
            }
        }
    }

    /** Every request that was taken is finished, whatever is thrown: nothing is allocated here that memory could lack for. */
    private void lead() {
        Request applied = null;
        long last = 0;
        for (Request request = waiting.poll(); request != null; request = waiting.poll()) {
            try {
                last = steps.apply(request.batch, request.transaction);
                request.next = applied;
                applied = request;
            } catch (RuntimeException | Error e) {
                request.failure = e;
                request.finish();
            }
        }
        if (applied == null) {
            return;
        }
        Throwable failure = null;
        try {
            steps.force(last);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        for (Request request = applied; request != null; request = request.next) {
            request.failure = failure;
            request.finish();
        }
    }
}
