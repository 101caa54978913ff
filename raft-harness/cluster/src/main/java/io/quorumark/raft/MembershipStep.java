package io.quorumark.raft;

/** One entry of the log that changes a group's members. */
public enum MembershipStep {
    ADD_VOTER,
    ADD_LEARNER,
    REMOVE_VOTER,
    REMOVE_LEARNER
}
