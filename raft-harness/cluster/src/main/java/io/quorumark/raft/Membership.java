package io.quorumark.raft;

import java.util.List;

/**
 * Who belongs to a group, as one member knows it.
 *
 * @param voters the ids of the members whose votes and acknowledgements count
 * @param learners the ids of those that only follow
 */
public record Membership(List<String> voters, List<String> learners) {
    public Membership {
        voters = List.copyOf(voters);
        learners = List.copyOf(learners);
    }
}
