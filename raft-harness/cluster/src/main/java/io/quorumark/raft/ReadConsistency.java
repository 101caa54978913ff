package io.quorumark.raft;

/** What a read may miss. */
public enum ReadConsistency {
    /**
     * Sees every write that was acknowledged before the read began: the leader proves by a round of heartbeats that it still leads
     * (ReadIndex; Ongaro, <i>Consensus: Bridging Theory and Practice</i>, section 6.4).
     */
    LINEARIZABLE(0),
    /** The same as long as clocks run at nearly the same rate: the leader trusts its lease instead of asking (section 6.4.1 there). */
    LEASE(1),
    /** What this member has applied; may be stale without bound. */
    LOCAL(2);

    private final int code;

    ReadConsistency(int code) {
        this.code = code;
    }

    /** As messages have it. */
    int code() {
        return code;
    }

    /** @throws IllegalArgumentException there is none with this code */
    static ReadConsistency of(int code) {
        return switch (code) {
            case 0 -> LINEARIZABLE;
            case 1 -> LEASE;
            case 2 -> LOCAL;
            default -> throw new IllegalArgumentException("consistency is " + code + ", expected 0 to 2");
        };
    }

    /**
     * By the word that plans, stored results and requests of endpoints have.
     *
     * @throws IllegalArgumentException there is none with this word
     */
    public static ReadConsistency ofWord(String word) {
        return switch (word) {
            case "linearizable" -> LINEARIZABLE;
            case "lease" -> LEASE;
            case "local" -> LOCAL;
            default ->
                throw new IllegalArgumentException(
                        "consistency is '" + word + "', expected linearizable, lease or local");
        };
    }
}
