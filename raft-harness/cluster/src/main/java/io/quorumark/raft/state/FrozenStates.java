package io.quorumark.raft.state;

import java.util.concurrent.locks.LockSupport;

/** Counts the frozen states of a store, which must be closed before it. Thread-safe. */
final class FrozenStates {
    private static final long CLOSE_TIMEOUT_NANOS = 30_000_000_000L;
    private static final long CLOSE_POLL_NANOS = 100_000;

    private int open;
    private boolean closed;

    /**
     * One more is about to be opened; {@link #end} must follow.
     *
     * @throws IllegalStateException the store is being closed
     */
    synchronized void begin() {
        if (closed) {
            throw new IllegalStateException("the store is being closed; its state cannot be frozen any more");
        }
        open++;
    }

    synchronized void end() {
        open--;
    }

    private synchronized int shut() {
        closed = true;
        return open;
    }

    /**
     * Lets no more begin, and waits until all have ended.
     *
     * @throws IllegalStateException one was not closed within 30 s
     */
    void close() {
        long deadlineNanos = System.nanoTime() + CLOSE_TIMEOUT_NANOS;
        int left = shut();
        while (left > 0) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new IllegalStateException(
                        left
                                + " frozen states are still in use 30 s after the store was closed; a digest or a snapshot does not end");
            }
            LockSupport.parkNanos(CLOSE_POLL_NANOS);
            left = shut();
        }
    }
}
