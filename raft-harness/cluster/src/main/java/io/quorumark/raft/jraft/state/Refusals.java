package io.quorumark.raft.jraft.state;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;

/**
 * Refusals of the library that only its words tell apart: it answers {@code EPERM} for a task that it has not taken and for one that it
 * has, and {@code EBUSY} for a full queue and for a leader that hands over.
 */
public final class Refusals {
    private static final String NOT_LEADER = "Is not leader.";
    private static final String TRANSFERRING = "Is transferring leadership.";

    private Refusals() {}

    /** Whether the member does not lead, and has taken nothing. */
    static boolean isNotLeader(Status status) {
        return is(status, RaftError.EPERM, NOT_LEADER);
    }

    /** Whether the member leads no longer, as it hands over to another one. */
    public static boolean isHandOver(Status status) {
        return is(status, RaftError.EBUSY, TRANSFERRING);
    }

    private static boolean is(Status status, RaftError error, String words) {
        return status.getRaftError() == error && words.equals(status.getErrorMsg());
    }
}
