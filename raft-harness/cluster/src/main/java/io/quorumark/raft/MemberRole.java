package io.quorumark.raft;

/** What a member is to its group, as far as it knows. */
public enum MemberRole {
    /** It takes writes. */
    LEADER("leader"),
    /** It belongs to the group, as a voter or a learner, and does not lead; or it does not know better. */
    FOLLOWER("follower"),
    /** The group has removed it. It takes no requests, and follows again once it is added again. */
    REMOVED("removed"),
    /** It was started to join a group, and none has added it yet. */
    WAITING("waiting");

    private final String code;

    MemberRole(String code) {
        this.code = code;
    }

    /** As messages have it; does not follow from the constant's name. */
    public String code() {
        return code;
    }
}
