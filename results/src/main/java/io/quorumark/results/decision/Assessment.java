package io.quorumark.results.decision;

import java.util.List;
import java.util.Optional;

/**
 * All that is said of one option.
 *
 * @param gates in the order of documents
 * @param outcome the sum of its gates
 * @param values by criterion, in the order of the rules, from 0 to 1; empty where figures are missing
 * @param missing ids of criteria of which it has no figure in a setting that is about them
 * @param rank empty unless it is eligible and has every figure that weighs something
 */
public record Assessment(
        Option option,
        List<GateFinding> gates,
        GateOutcome outcome,
        List<Optional<Double>> values,
        List<String> missing,
        Optional<Rank> rank) {
    public Assessment {
        gates = List.copyOf(gates);
        values = List.copyOf(values);
        missing = List.copyOf(missing);
    }

    /**
     * An option among those that are ranked.
     *
     * @param score from 0 to 1, by the stated weights
     * @param low below which one draw of blocks in forty leaves it
     * @param high above which one in forty does
     * @param first how often it is in front
     */
    public record Rank(double score, double low, double high, RankOne first) {}

    /** Whether no gate stands against it. */
    public boolean isEligible() {
        return outcome == GateOutcome.PASSED;
    }
}
