package io.quorumark.engine;

/** The committed state at the moment of opening, across all keyspaces; later commits do not show. Closed before its session. */
public interface Snapshot extends Reader, AutoCloseable {
    /**
     * Releases the state.
     *
     * @throws IllegalStateException a cursor on it is open; the message names it. A second close does nothing
     */
    @Override
    void close();
}
