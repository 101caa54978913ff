package io.quorumark.raft.store;

import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that outlive the reads they serve: a thread borrows one, uses it alone, and gives it back. Lock-free and free of allocation once
 * there are as many sessions as concurrent readers. The hand-over from one thread to the next is a happens-before edge, as the SPI asks.
 */
public final class SessionPool implements AutoCloseable {
    private static final int SLOTS = 16;
    private static final long CLOSE_TIMEOUT_NANOS = 30_000_000_000L;
    private static final long CLOSE_POLL_NANOS = 100_000;

    private final KVEngine engine;
    private final AtomicReferenceArray<@Nullable PooledSession> slots = new AtomicReferenceArray<>(SLOTS);
    private final ConcurrentLinkedQueue<PooledSession> overflow = new ConcurrentLinkedQueue<>();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile boolean closed;

    /** @param engine to be closed by the caller, after this pool */
    public SessionPool(KVEngine engine) {
        this.engine = engine;
    }

    /** A session for the calling thread alone, to be given back by {@link #release}; null once the pool is being closed. */
    public @Nullable PooledSession borrow() {
        if (closed) {
            return null;
        }
        PooledSession free = takeFree();
        return free == null ? open() : free;
    }

    /** Gives a session back; the caller must not touch it any more. */
    public void release(PooledSession session) {
        int home = home();
        for (int i = 0; i < SLOTS; i++) {
            if (slots.compareAndSet((home + i) % SLOTS, null, session)) {
                return;
            }
        }
        overflow.add(session);
    }

    /**
     * Waits until every borrowed session is back, and closes all. A second close does nothing.
     *
     * @throws IllegalStateException a session was not given back within 30 s
     */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        long deadlineNanos = System.nanoTime() + CLOSE_TIMEOUT_NANOS;
        while (opened.get() > 0) {
            PooledSession free = takeFree();
            if (free != null) {
                free.close();
                opened.decrementAndGet();
            } else if (System.nanoTime() - deadlineNanos > 0) {
                throw new IllegalStateException(opened.get()
                        + " sessions are still in use 30 s after the pool was closed;" + " a read does not return");
            } else {
                LockSupport.parkNanos(CLOSE_POLL_NANOS);
            }
        }
    }

    private @Nullable PooledSession takeFree() {
        int home = home();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (home + i) % SLOTS;
            if (slots.getPlain(slot) != null) {
                PooledSession session = slots.getAndSet(slot, null);
                if (session != null) {
                    return session;
                }
            }
        }
        return overflow.poll();
    }

    private synchronized @Nullable PooledSession open() {
        if (closed) {
            return null;
        }
        Session session = engine.openSession();
        try {
            PooledSession pooled = new PooledSession(session);
            opened.incrementAndGet();
            return pooled;
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    private static int home() {
        return (int) (Thread.currentThread().getId() & (SLOTS - 1));
    }
}
