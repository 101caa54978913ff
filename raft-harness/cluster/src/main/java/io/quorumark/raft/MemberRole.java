package io.quorumark.raft;

/** What a member is to its group, as far as it knows. */
public enum MemberRole {
    /** It takes writes. */
    LEADER,
    /** It belongs to the group, as a voter or a learner, and does not lead; or it does not know better. */
    FOLLOWER,
    /** The group has removed it. It takes no requests, and follows again once it is added again. */
    REMOVED,
    /** It was started to join a group, and none has added it yet. */
    WAITING
}
