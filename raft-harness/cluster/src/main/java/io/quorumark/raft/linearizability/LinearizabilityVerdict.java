package io.quorumark.raft.linearizability;

import java.util.List;

/** What the checker makes of a history. */
public sealed interface LinearizabilityVerdict {
    /** A sentence; for a violation, followed by a timeline. */
    String describe();

    /**
     * Some order explains every answer.
     *
     * @param operations how many were checked
     * @param configurations how many combinations of placed operations and value were looked at
     */
    record Linearizable(int operations, long configurations) implements LinearizabilityVerdict {
        @Override
        public String describe() {
            return operations + " operations are linearizable (" + configurations + " configurations looked at)";
        }
    }

    /**
     * No order explains every answer.
     *
     * @param key the record
     * @param placed an order that explains the longest possible beginning of the history: every operation that returned before the first of
     * {@code unplaced} did, and some that were still on their way
     * @param unplaced what was on its way when that beginning ended and is not in the order; none of these fits there such that the first
     * one returns in time
     */
    record Violation(String key, List<Operation> placed, List<Operation> unplaced) implements LinearizabilityVerdict {
        public Violation {
            placed = List.copyOf(placed);
            unplaced = List.copyOf(unplaced);
            if (unplaced.isEmpty()) {
                throw new IllegalArgumentException("unplaced is empty, expected the operation that no order explains");
            }
        }

        /** The operation whose return no order explains. */
        public Operation culprit() {
            return unplaced.get(0);
        }

        @Override
        public String describe() {
            return ViolationTimeline.of(this);
        }
    }

    /**
     * The search was given up.
     *
     * @param key the record at which it was
     * @param configurations how many combinations were looked at
     */
    record Undecided(String key, long configurations) implements LinearizabilityVerdict {
        @Override
        public String describe() {
            return "undecided: " + configurations + " configurations of key '" + key
                    + "' were looked at without an answer; allow more, or check a shorter history";
        }
    }
}
