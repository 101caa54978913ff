package io.quorumark.results.decision;

import java.util.List;
import java.util.Optional;

/**
 * All that is said of one option.
 *
 * @param gated what the gates say of it
 * @param values by criterion, in the order of the rules, from 0 to 1; empty if figures are missing
 * @param missing ids of criteria of which it has no figure in a setting that is about them
 * @param rank empty unless it is eligible and has every figure that weighs something
 */
public record Assessment(GatedOption gated, List<Optional<Double>> values, List<String> missing, Optional<Rank> rank) {
    public Assessment {
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

    public Option option() {
        return gated.option();
    }

    /** In the order of documents. */
    public List<GateFinding> gates() {
        return gated.gates();
    }

    /** The sum of its gates. */
    public GateOutcome outcome() {
        return gated.outcome();
    }

    /** Whether no gate stands against it. */
    public boolean isEligible() {
        return gated.isEligible();
    }
}
