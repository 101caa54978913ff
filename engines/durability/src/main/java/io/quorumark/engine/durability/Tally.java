package io.quorumark.engine.durability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What came of many kills or power cuts.
 *
 * @param attempts how many there were
 * @param problems one for each that an engine did not come through, with the attempt's seed and number in its detail
 */
public record Tally(int attempts, List<Problem> problems) {
    public Tally {
        problems = List.copyOf(problems);
    }

    public long count(Problem.Kind kind) {
        return problems.stream().filter(problem -> problem.kind() == kind).count();
    }

    /** Counts as it goes. */
    static final class Counting {
        private final List<Problem> problems = new ArrayList<>();
        private int attempts;

        void came(List<Problem> found) {
            attempts++;
            problems.addAll(found);
        }

        Tally done() {
            return new Tally(attempts, Collections.unmodifiableList(problems));
        }
    }
}
