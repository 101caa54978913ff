package io.quorumark.raft.timing;

import java.util.Locale;

/** The parts of a write's way through the leader, in their order. One ends where the next begins, so that they add up to the whole. */
public enum Stage {
    /**
     * From the call until the leader's log thread takes the entry: the client's thread, the library's queues, and waiting for the commit
     * before.
     */
    QUEUE,
    /** Encoding the entry and those that share its commit, and handing them to the log's engine. */
    LOG_APPEND,
    /** The commit of the log's engine: writing, and syncing if the log's durability asks for it. */
    LOG_SYNC,
    /**
     * From the leader's own log until a majority has the entry and the applying thread takes it. Nothing, if the followers were faster.
     */
    REPLICATE,
    /** Applying the entry and those that share its commit, and the commit of the state's engine. */
    APPLY,
    /** From that commit until the caller has its answer; over a network, until the answer is handed to the connection. */
    REPLY;

    /** As results spell it: {@code log-append}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
