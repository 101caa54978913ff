package io.quorumark.endpoint;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one connection holds of a {@link ByteBudget}. The first bytes are free, so that small requests and replies go on, and no connection
 * waits for another, when there is room for nothing else. Thread-safe.
 */
public final class ConnectionBytes {
    /** So much each connection may always have. */
    public static final int FREE_BYTES = 4096;

    /** So far below zero that nothing is over {@link #FREE_BYTES} any more. */
    private static final long CLOSED = Long.MIN_VALUE / 2;

    private final ByteBudget shared;
    private final long maxBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    /** @param maxBytes of this connection alone */
    public ConnectionBytes(ByteBudget shared, long maxBytes) {
        this.shared = shared;
        this.maxBytes = maxBytes;
    }

    /** What counts of so many bytes. */
    private static long counted(long bytes) {
        return Math.max(0, bytes - FREE_BYTES);
    }

    /** False, and nothing taken, if that were more than this connection, or all of them, may have. */
    public boolean take(long bytes) {
        return take(bytes, maxBytes);
    }

    /** Like {@link #take}, whatever this connection has already. */
    public boolean takeBeyond(long bytes) {
        return take(bytes, Long.MAX_VALUE);
    }

    private boolean take(long bytes, long limitBytes) {
        while (true) {
            long held = heldBytes.get();
            if (held > limitBytes - bytes) {
                return false;
            }
            long more = counted(held + bytes) - counted(held);
            if (more > 0 && !shared.take(more)) {
                return false;
            }
            if (heldBytes.compareAndSet(held, held + bytes)) {
                return true;
            }
            if (more > 0) {
                shared.giveBack(more);
            }
        }
    }

    /** However many are held already. */
    public void takeAnyway(long bytes) {
        long held = heldBytes.getAndAdd(bytes);
        long more = counted(held + bytes) - counted(held);
        if (more > 0) {
            shared.takeAnyway(more);
        }
    }

    public void giveBack(long bytes) {
        long held = heldBytes.getAndAdd(-bytes);
        long less = counted(held) - counted(held - bytes);
        if (less > 0) {
            shared.giveBack(less);
        }
    }

    /** Whether this connection has room for so many more bytes, which are not taken, and all of them together have any. */
    public boolean hasRoom(long bytes) {
        return heldBytes.get() <= maxBytes - bytes && !shared.isFull();
    }

    /** Whether all connections together have room. */
    public boolean othersHaveRoom() {
        return !shared.isFull();
    }

    /** Whether this connection has more than is free while there is no room for others. */
    public boolean isInTheWay() {
        return heldBytes.get() > FREE_BYTES && shared.isFull();
    }

    /** The connection is closed: gives everything back. What is taken or given back from now on counts no more. */
    public void close() {
        long held = heldBytes.getAndSet(CLOSED);
        if (counted(held) > 0) {
            shared.giveBack(counted(held));
        }
    }
}
