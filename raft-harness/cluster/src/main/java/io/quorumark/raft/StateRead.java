package io.quorumark.raft;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;

/** A read that runs where the state is; exactly one method is called, once per read. The same rules as for {@link WriteCallback}. */
public interface StateRead {
    /**
     * Reads what it wants.
     *
     * @param reader shows the latest applied state; lent until this method returns
     * @param state the keyspace that holds the records
     */
    void onState(Reader reader, Keyspace state);

    void onFailure(RaftFailure failure);
}
