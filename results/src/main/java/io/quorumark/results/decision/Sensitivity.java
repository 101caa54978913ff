package io.quorumark.results.decision;

import io.quorumark.results.metric.Metric;
import java.util.List;

/**
 * What takes the lead from the option in front.
 *
 * @param flips weights at which another one leads, by criterion
 * @param changes what changes the leader when it is left out
 */
public record Sensitivity(List<Flip> flips, List<LeftOut> changes) {
    /** If nothing is ranked. */
    static final Sensitivity NONE = new Sensitivity(List.of(), List.of());

    public Sensitivity {
        flips = List.copyOf(flips);
        changes = List.copyOf(changes);
    }

    /**
     * The share of all weight at which another option takes the lead, if the other weights keep their proportions. Exact: a score is a
     * straight line in one share.
     *
     * @param stated the criterion's share as the rules state it
     * @param at the nearest share, above or below, at which the lead changes
     * @param overtaker who leads beyond it
     */
    public record Flip(Metric criterion, double stated, double at, Option overtaker) {}

    /**
     * @param kind {@code criterion}, {@code workload} or {@code block}
     * @param what its name
     * @param newLeader who leads without it
     */
    public record LeftOut(String kind, String what, Option newLeader) {}
}
