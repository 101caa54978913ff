package io.quorumark.raft;

/** What a read may miss. */
public enum ReadConsistency {
    /**
     * Sees every write that was acknowledged before the read began: the leader proves by a round of heartbeats that it still leads
     * (ReadIndex; Ongaro, <i>Consensus: Bridging Theory and Practice</i>, section 6.4).
     */
    LINEARIZABLE,
    /** The same as long as clocks run at nearly the same rate: the leader trusts its lease instead of asking (section 6.4.1 there). */
    LEASE,
    /** What this member has applied; may be stale without bound. */
    LOCAL
}
