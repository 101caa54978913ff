package io.quorumark.engine.support;

import io.quorumark.engine.EngineException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread write at a time, for an engine that has one writer: waiting threads park, show in thread dumps, and none waits for
 * itself. Thread-safe.
 */
public final class OneWriter {
    private final HandleChecks engine;

    /** Not fair, as the engines' own locks are not: handing over at every commit would cost short ones a context switch each. */
    private final ReentrantLock lock = new ReentrantLock();

    public OneWriter(HandleChecks engine) {
        this.engine = engine;
    }

    /**
     * Waits until nobody else writes; to be followed by {@link #end}.
     *
     * @throws EngineException.Conflict this thread has a transaction open, for which it would wait for ever
     */
    public void begin() {
        if (lock.isHeldByCurrentThread()) {
            throw new EngineException.Conflict(
                    engine.engineId(),
                    engine.directory(),
                    "this thread has a transaction open, which is the engine's one writer; commit or close it first",
                    null);
        }
        lock.lock();
    }

    /** By the thread that began. */
    public void end() {
        lock.unlock();
    }
}
