package io.quorumark.report.gate;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.gate.GateResult;

/**
 * What a gate or a plain comparison says, with all that it was drawn from: what any of its formats may need.
 *
 * @param kind whether anything passes or fails
 * @param result what it says
 * @param base compared with
 * @param head compared
 * @param command that says it again, with the project's launcher as first word
 */
public record GateAnswer(Kind kind, GateResult result, Analysis base, Analysis head, String command) {
    /** What the answer is for. */
    public enum Kind {
        /** A regression fails it. */
        GATE,
        /** Differences are told, and fail nothing. */
        COMPARISON
    }

    boolean isGate() {
        return kind == Kind.GATE;
    }
}
