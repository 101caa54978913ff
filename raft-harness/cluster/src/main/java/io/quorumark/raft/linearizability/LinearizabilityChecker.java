package io.quorumark.raft.linearizability;

import java.util.List;
import java.util.Map;

/**
 * Looks for an order of a history's operations that explains every answer, record by record. The search is Wing and Gong's (<i>Testing and
 * Verifying Concurrent Objects</i>, 1993) with Lowe's memory of configurations that led nowhere (<i>Testing for Linearizability</i>, 2017).
 *
 * @param maxConfigurations how many combinations of placed operations and value are looked at per record before the search is given up;
 * each takes 32 bytes or more of memory
 */
public record LinearizabilityChecker(int maxConfigurations) {
    /** Enough for a million operations of a few clients; at most some hundred megabytes. */
    public static final int DEFAULT_MAX_CONFIGURATIONS = 4_000_000;

    public LinearizabilityChecker {
        if (maxConfigurations < 1) {
            throw new IllegalArgumentException("maxConfigurations is " + maxConfigurations + ", expected 1 or more");
        }
    }

    public LinearizabilityChecker() {
        this(DEFAULT_MAX_CONFIGURATIONS);
    }

    /** The first violation, in the order of keys; else the first record that could not be decided; else that all is well. Always ends. */
    public LinearizabilityVerdict check(History history) {
        LinearizabilityVerdict undecided = null;
        int operations = 0;
        long configurations = 0;
        for (Map.Entry<String, List<Operation>> part : history.byKey().entrySet()) {
            LinearizabilityVerdict verdict =
                    new RegisterSearch(part.getKey(), part.getValue(), maxConfigurations).run();
            if (verdict instanceof LinearizabilityVerdict.Violation) {
                return verdict;
            }
            if (verdict instanceof LinearizabilityVerdict.Linearizable linearizable) {
                operations += linearizable.operations();
                configurations += linearizable.configurations();
            } else if (undecided == null) {
                undecided = verdict;
            }
        }
        return undecided == null ? new LinearizabilityVerdict.Linearizable(operations, configurations) : undecided;
    }
}
