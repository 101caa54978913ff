package io.quorumark.results.model;

import java.time.Instant;
import java.util.List;

/**
 * Histories of one kind of group under faults, and what a linearizability checker made of them.
 *
 * @param engine provider id of the state's engine
 * @param engineVersion of its library; the evidence is for this version alone
 * @param logEngine provider id of the log's engine
 * @param members voters
 * @param runs histories that were recorded, each with faults of its own
 * @param operations in all of them
 * @param faults that were made, in all of them
 * @param violations histories that no order of their operations explains, one line each
 * @param undecided histories of which the checker could not tell
 * @param seed from which faults and operations follow
 * @param recordedAt when
 * @param kernel on which
 */
public record LinearizabilityFinding(
        String engine,
        String engineVersion,
        String logEngine,
        int members,
        int runs,
        long operations,
        long faults,
        List<String> violations,
        int undecided,
        long seed,
        Instant recordedAt,
        String kernel) {
    public LinearizabilityFinding {
        violations = List.copyOf(violations);
        if (runs < 1 || operations < 0 || faults < 0 || undecided < 0) {
            throw new IllegalArgumentException("runs is " + runs + ", operations " + operations + ", faults " + faults
                    + " and undecided " + undecided + ", expected at least one run and no negative count");
        }
    }

    /** Whether every history was explained. */
    public boolean isClean() {
        return violations.isEmpty() && undecided == 0;
    }
}
