package io.quorumark.results.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the gates say of one option. Reports, records and indexes all say it from here, so that they cannot disagree.
 *
 * @param gates in the order of documents
 */
public record GatedOption(Option option, List<GateFinding> gates) {
    public GatedOption {
        gates = List.copyOf(gates);
    }

    /** Of every option of the evidence, in its order. Looks at no score: scores need what this gives. */
    public static List<GatedOption> of(Evidence evidence, DecisionRules rules) {
        Gates judge = new Gates(evidence, rules);
        return evidence.options().stream()
                .map(option -> new GatedOption(option, judge.of(option)))
                .toList();
    }

    /** Excluded if any gate excludes it, else not shown if any lacks evidence. */
    public GateOutcome outcome() {
        return gates.stream().map(GateFinding::outcome).max(Enum::compareTo).orElse(GateOutcome.NOT_SHOWN);
    }

    /** Whether no gate stands against it. */
    public boolean isEligible() {
        return outcome() == GateOutcome.PASSED;
    }

    /** {@code eligible}, {@code not shown} or {@code excluded}, as documents write it. */
    public String status() {
        return isEligible() ? "eligible" : outcome().words();
    }

    /** {@code excluded by durable; not shown: linearizable}, or {@code eligible}. */
    public String standing() {
        List<String> words = new ArrayList<>();
        String excluding = named(GateOutcome.EXCLUDED);
        if (!excluding.isEmpty()) {
            words.add("excluded by " + excluding);
        }
        String missing = named(GateOutcome.NOT_SHOWN);
        if (!missing.isEmpty()) {
            words.add("not shown: " + missing);
        }
        return words.isEmpty() ? status() : String.join("; ", words);
    }

    private String named(GateOutcome outcome) {
        return gates.stream()
                .filter(gate -> gate.outcome() == outcome)
                .map(GateFinding::gate)
                .collect(Collectors.joining(", "));
    }
}
