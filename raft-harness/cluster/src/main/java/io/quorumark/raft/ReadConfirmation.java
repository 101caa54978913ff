package io.quorumark.raft;

/** Waits until a member may answer a read; exactly one method is called, once. They must neither block for long nor throw. */
public interface ReadConfirmation {
    /** What was committed when the read began is applied here. */
    void onConfirmed();

    /** @param failure {@code NO_LEADER}: another attempt may succeed */
    void onFailure(RaftFailure failure);
}
