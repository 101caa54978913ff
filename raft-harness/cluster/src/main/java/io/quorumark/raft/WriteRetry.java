package io.quorumark.raft;

/** Takes back a write that a member has surely not taken. */
@FunctionalInterface
interface WriteRetry {
    void submitLater(PendingWrite write);
}
