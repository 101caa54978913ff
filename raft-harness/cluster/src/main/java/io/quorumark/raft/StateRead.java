package io.quorumark.raft;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;

/**
 * A read that runs where the state is; exactly one method is called, once per read, unless the state cannot be read. Otherwise the same
 * rules as for {@link WriteCallback}.
 */
public interface StateRead {
    /**
     * Reads what it wants, and then tells it: if this throws, the read has failed, and {@link #onFailure} is called next.
     *
     * @param reader shows the latest applied state, which may change between two calls unless this {@linkplain #readsOneMoment reads one
     * moment}; lent until this method returns
     * @param state the keyspace that holds the records
     */
    void onState(Reader reader, Keyspace state);

    /** Whether {@link #onState} reads several records that belong together: its reader is a snapshot then. */
    default boolean readsOneMoment() {
        return false;
    }

    void onFailure(RaftFailure failure);
}
