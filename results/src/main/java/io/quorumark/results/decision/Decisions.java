package io.quorumark.results.decision;

import java.util.HashMap;
import java.util.Map;

/**
 * What follows from one evidence, by any rules. A decision is made at the first asking and kept, so that all documents of a campaign show
 * the same one and only the first takes the time of its draws. Safe for use by several threads; who asks while another thread decides
 * waits.
 */
public final class Decisions {
    private final Evidence evidence;
    private final Map<DecisionRules, Decision> made = new HashMap<>();

    /** @param evidence what all of them rest on */
    public Decisions(Evidence evidence) {
        this.evidence = evidence;
    }

    /** What all of them rest on. */
    public Evidence evidence() {
        return evidence;
    }

    /** The decision by these rules: the same object for equal rules. */
    public synchronized Decision by(DecisionRules rules) {
        return made.computeIfAbsent(rules, each -> Decision.of(evidence, each));
    }
}
