package io.quorumark.results.decision;

/** What evidence says of an option at a gate, and in sum of the option. */
public enum GateOutcome {
    /** The evidence is there, and speaks for it. */
    PASSED("passed"),
    /** Evidence is missing. */
    NOT_SHOWN("not shown"),
    /** The evidence speaks against it. */
    EXCLUDED("excluded");

    private final String words;

    GateOutcome(String words) {
        this.words = words;
    }

    /** As documents write it. */
    public String words() {
        return words;
    }
}
