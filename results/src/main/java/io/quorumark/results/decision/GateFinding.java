package io.quorumark.results.decision;

import java.util.Optional;

/**
 * One option at one gate.
 *
 * @param gate {@code correct}, {@code fair}, {@code durable}, {@code role}, {@code linearizable}, or the id of a metric with a limit
 * @param reason what the outcome rests on, without a full stop
 * @param command that would show what is missing; empty if nothing is, or if no command can
 */
public record GateFinding(String gate, GateOutcome outcome, String reason, Optional<String> command) {
    /** The gate of what survives kills and power cuts. */
    public static final String DURABLE = "durable";

    static GateFinding passed(String gate, String reason) {
        return new GateFinding(gate, GateOutcome.PASSED, reason, Optional.empty());
    }

    static GateFinding excluded(String gate, String reason) {
        return new GateFinding(gate, GateOutcome.EXCLUDED, reason, Optional.empty());
    }

    static GateFinding notShown(String gate, String reason, String command) {
        return new GateFinding(gate, GateOutcome.NOT_SHOWN, reason, Optional.of(command));
    }
}
