package io.quorumark.engine;

import java.nio.ByteBuffer;

/**
 * Point reads and writes that take effect together at {@link #commit}, or not at all. Reads show the committed state at opening, and the
 * transaction's own writes over it.
 *
 * <p>Serializable on the keys it touches: if two transactions (or a transaction and a plain commit) overlap in time, and one writes a key
 * that the other reads or writes, not both commit; the loser gets {@link EngineException.Conflict} at whichever call finds out and is to be
 * run again from the start. An engine may be stricter and see conflicts between neighbours. An engine with one writer at a time may instead
 * let a transaction <em>be</em> that writer: others, plain commits included, wait until it ends, and a second one from the same thread gets
 * the conflict at once instead of waiting for ever.
 *
 * <p>For one thread: the one that opened it. Needs {@link Ability#TRANSACTIONS}.
 */
public interface Transaction extends AutoCloseable {
    /** Reads one value, like {@link Reader#get}; the key counts as touched. */
    int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target);

    /**
     * Writes one value at commit; key and value are copied.
     *
     * @throws EngineException.LimitExceeded the key or value is longer than the engine takes
     */
    void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value);

    /** Deletes one key at commit; one that is not there is no error. */
    void delete(Keyspace keyspace, ByteBuffer key);

    /**
     * Makes the writes take effect in one atomic commit, durable at the asked level on return, and ends the transaction. Throws like
     * {@link Session#put} too.
     *
     * @throws EngineException.Conflict another commit has changed a touched key; nothing was written and the transaction has ended. Run it
     * again
     */
    void commit(Durability durability);

    /** Ends the transaction without a trace. Does nothing if it has ended. */
    void rollback();

    /** Rolls back if it has not ended, and frees what it holds. A second close does nothing. */
    @Override
    void close();
}
