package io.quorumark.raft.command;

/** How a committed command ended; the same on every member. */
public enum WriteResult {
    /** It took effect. */
    APPLIED,
    /** The version it expected was not the record's: it had no effect. */
    CONFLICT
}
