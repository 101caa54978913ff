package io.quorumark.endpoint;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes several holders may have together. Thread-safe. */
public final class ByteBudget {
    private final long maxBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    public ByteBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    public long maxBytes() {
        return maxBytes;
    }

    public long heldBytes() {
        return heldBytes.get();
    }

    boolean isFull() {
        return heldBytes.get() >= maxBytes;
    }

    /** False, and nothing taken, if that were more than there may be. */
    boolean take(long bytes) {
        long held;
        do {
            held = heldBytes.get();
            if (held > maxBytes - bytes) {
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
