package io.quorumark.workload;

import java.util.HashSet;
import java.util.Set;

/**
 * Operations of a stream that their target did not acknowledge, by their place in the stream, from 0. A stream that is replayed without a
 * look at them expects effects that nobody promised.
 *
 * @param refused the target said that nothing was written
 * @param inDoubt no answer: each took effect at its place in the stream, or not at all
 */
public record Unacknowledged(Set<Long> refused, Set<Long> inDoubt) {
    /** Every operation was acknowledged. */
    public static final Unacknowledged NONE = new Unacknowledged(Set.of(), Set.of());

    public Unacknowledged {
        refused = Set.copyOf(refused);
        inDoubt = Set.copyOf(inDoubt);
    }

    /** These and others of the same stream. */
    public Unacknowledged plus(Unacknowledged other) {
        return new Unacknowledged(union(refused, other.refused), union(inDoubt, other.inDoubt));
    }

    public boolean isEmpty() {
        return refused.isEmpty() && inDoubt.isEmpty();
    }

    private static Set<Long> union(Set<Long> some, Set<Long> others) {
        Set<Long> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
