package io.quorumark.results.decision;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What follows from evidence and rules: who passes the gates, who leads, and what may be said of the leader.
 *
 * @param evidence what it rests on
 * @param rules what the reader set
 * @param shares the weight of each criterion, in the order of the rules, as a share of the weights of those that any option has a figure
 * of; 0 for the others
 * @param options in the evidence's order
 * @param label what may be said of the leader
 * @param leader the first of those that are ranked; empty if none is
 * @param reasons for the label, and what verdicts beside it cannot call, in sentences
 * @param sensitivity what takes the lead from it
 */
public record Decision(
        Evidence evidence,
        DecisionRules rules,
        List<Double> shares,
        List<Assessment> options,
        Label label,
        Optional<Option> leader,
        List<String> reasons,
        Sensitivity sensitivity) {
    public Decision {
        shares = List.copyOf(shares);
        options = List.copyOf(options);
        reasons = List.copyOf(reasons);
    }

    /** The same evidence and rules give the same decision. */
    public static Decision of(Evidence evidence, DecisionRules rules) {
        return new Deciding(evidence, rules).decide();
    }

    /** Which option a record may name as its outcome: the leader if the label is robust, and nobody otherwise. */
    public Optional<Option> proposed() {
        return label == Label.ROBUST ? leader : Optional.empty();
    }

    public Assessment of(Option option) {
        return options.stream()
                .filter(each -> each.option().equals(option))
                .findFirst()
                .orElseThrow();
    }

    /** When the first trial of all campaigns began; empty if none did. */
    public Optional<Instant> firstTrial() {
        return evidence.campaigns().stream()
                .flatMap(each -> each.stored().trials().stream())
                .map(trial -> trial.startedAt())
                .min(Instant::compareTo);
    }
}
