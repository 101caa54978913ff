package io.quorumark.raft;

/**
 * Whether a learner is close enough to the leader to vote, by rounds (Ongaro, <i>Consensus: Bridging Theory and
 * Practice</i>, section 4.2.1): in each it comes to where the leader was
 * when the round began. It has caught up after a round that is shorter than an election timeout. For one caller at a
 * time.
 */
final class CatchUp {
    private final long roundNanos;
    private long targetIndex = -1;
    private long beganNanos;
    private long lastBehind = -1;

    /** @param roundNanos how long the last round may take */
    CatchUp(long roundNanos) {
        this.roundNanos = roundNanos;
    }

    /**
     * Takes a look at the learner.
     *
     * @param leaderIndex what the leader had applied before the learner was asked
     * @param learnerIndex what the learner said that it has applied
     * @return whether it has caught up
     */
    boolean look(long leaderIndex, long learnerIndex, long nowNanos) {
        lastBehind = Math.max(0, leaderIndex - learnerIndex);
        if (targetIndex >= 0 && learnerIndex >= targetIndex && nowNanos - beganNanos <= roundNanos) {
            return true;
        }
        if (targetIndex < 0 || learnerIndex >= targetIndex) {
            targetIndex = leaderIndex;
            beganNanos = nowNanos;
        }
        return learnerIndex >= leaderIndex;
    }

    /** How many entries it lacked when it was last looked at; -1 before that. */
    long entriesBehind() {
        return lastBehind;
    }
}
