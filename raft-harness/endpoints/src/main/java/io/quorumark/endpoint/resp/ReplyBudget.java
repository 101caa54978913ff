package io.quorumark.endpoint.resp;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of replies one connection may hold that are not written yet. Thread-safe. */
final class ReplyBudget {
    private final long maxBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    ReplyBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** False, and nothing taken, if that were more than there may be. */
    boolean take(long bytes) {
        long held;
        do {
            held = heldBytes.get();
            if (held + bytes > maxBytes) {
                return false;
            }
        } while (!heldBytes.compareAndSet(held, held + bytes));
        return true;
    }

    /** However many are held already. */
    void takeAnyway(long bytes) {
        heldBytes.addAndGet(bytes);
    }

    void giveBack(long bytes) {
        heldBytes.addAndGet(-bytes);
    }
}
