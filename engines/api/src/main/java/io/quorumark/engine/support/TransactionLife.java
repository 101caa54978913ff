package io.quorumark.engine.support;

import io.quorumark.engine.EngineException;

/** Whether a transaction runs, has ended or is closed. For one thread at a time. */
public final class TransactionLife {
    private enum State {
        RUNNING,
        ENDED,
        CLOSED
    }

    private final HandleChecks engine;
    private final boolean belongsToThread;
    private final Thread owner = Thread.currentThread();
    private State state = State.RUNNING;

    /**
     * Begins.
     *
     * @param belongsToThread whether only the thread that opened the transaction may use it, as a lock on writing belongs to a thread: let
     * go of by another, it is never free again
     */
    public TransactionLife(HandleChecks engine, boolean belongsToThread) {
        this.engine = engine;
        this.belongsToThread = belongsToThread;
    }

    /**
     * Before a read, a change and a commit.
     *
     * @throws IllegalStateException it has ended, or belongs to another thread
     * @throws EngineException.Closed it is closed
     */
    public void requireRunning() {
        requireUsable();
        if (state == State.ENDED) {
            throw new IllegalStateException("the transaction on " + engine.engineId() + " at " + engine.directory()
                    + " has ended; open a new one");
        }
    }

    /**
     * Before a rollback.
     *
     * @throws IllegalStateException it belongs to another thread
     * @throws EngineException.Closed it is closed
     */
    public void requireUsable() {
        if (state == State.CLOSED) {
            throw engine.closed("transaction");
        }
        requireOwner();
    }

    private void requireOwner() {
        if (belongsToThread && Thread.currentThread() != owner) {
            throw new IllegalStateException("the transaction belongs to thread '" + owner.getName()
                    + "', which opened it; use and close it there, not in '"
                    + Thread.currentThread().getName() + "'");
        }
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /** Committed, rolled back, or failed. */
    public void end() {
        state = State.ENDED;
    }

    /**
     * Whether there is something to close; to be followed by {@link #close}.
     *
     * @throws IllegalStateException it belongs to another thread
     */
    public boolean beginClosing() {
        if (state == State.CLOSED) {
            return false;
        }
        requireOwner();
        return true;
    }

    public void close() {
        state = State.CLOSED;
    }
}
