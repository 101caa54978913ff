package io.quorumark.raft;

/**
 * One change of a group's members.
 *
 * @param memberId {@code host:port}
 */
record MembershipChange(Kind kind, String memberId) {
    /** Which. */
    enum Kind {
        ADD_VOTER,
        ADD_LEARNER,
        REMOVE_VOTER,
        REMOVE_LEARNER
    }
}
