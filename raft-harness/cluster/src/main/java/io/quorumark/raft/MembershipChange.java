package io.quorumark.raft;

import io.quorumark.raft.message.ClientRequest;

/**
 * One change of a group's members: what the group is to be like afterwards. Asking for it twice changes nothing.
 *
 * @param goal what the member is to be
 * @param memberId {@code host:port}
 */
record MembershipChange(Goal goal, String memberId) {
    MembershipChange {
        MemberAddress.check(memberId);
    }

    /** What a member is to be. */
    enum Goal {
        VOTER(ClientRequest.Kind.ADD_VOTER),
        LEARNER(ClientRequest.Kind.ADD_LEARNER),
        LEADER(ClientRequest.Kind.TRANSFER),
        REMOVED(ClientRequest.Kind.REMOVE);

        private final ClientRequest.Kind request;

        Goal(ClientRequest.Kind request) {
            this.request = request;
        }

        /** How another member is asked for it. */
        ClientRequest.Kind request() {
            return request;
        }
    }

    @Override
    public String toString() {
        return switch (goal) {
            case VOTER -> "adding " + memberId + " as a voter";
            case LEARNER -> "adding " + memberId + " as a learner";
            case LEADER -> "handing the leadership to " + memberId;
            case REMOVED -> "removing " + memberId;
        };
    }
}
