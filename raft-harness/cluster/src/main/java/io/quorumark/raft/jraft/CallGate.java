package io.quorumark.raft.jraft;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Lets calls in until it is shut, and then waits for those inside: what follows happens when nobody is in it. */
final class CallGate {
    private static final long SHUT = Long.MIN_VALUE;
    private static final long POLL_NANOS = 50_000;

    private final AtomicLong inside = new AtomicLong();

    /** @return false if the gate is shut; otherwise {@link #leave} must follow */
    boolean enter() {
        if (inside.incrementAndGet() > 0) {
            return true;
        }
        inside.decrementAndGet();
        return false;
    }

    void leave() {
        inside.decrementAndGet();
    }

    /** Shuts the gate, which is open, and returns when the last call has left. Calls must not block. */
    void shut() {
        inside.addAndGet(SHUT);
        while (inside.get() != SHUT) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Opens the gate, which is shut. */
    void open() {
        // twice the smallest number is 0
        inside.addAndGet(SHUT);
    }
}
