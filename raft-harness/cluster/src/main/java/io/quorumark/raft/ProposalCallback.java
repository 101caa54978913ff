package io.quorumark.raft;

import io.quorumark.raft.command.WriteResult;

/**
 * Learns what became of an entry that a member was asked to write to the group's log; exactly one of the {@code on} methods is called,
 * once. They must neither block nor throw.
 */
public interface ProposalCallback {
    /** The entry was committed, and applied to the state's engine. Called on the thread that applies. */
    void onApplied(WriteResult result);

    /**
     * The entry is surely not in the log, and may be submitted again.
     *
     * @param why one line for people
     */
    void onNotTaken(String why);

    /** @param failure {@code BUSY}: the entry is not in the log; any other code: it may be */
    void onFailure(RaftFailure failure);

    /** When the entry was submitted, by {@link System#nanoTime}. */
    long submittedNanos();
}
