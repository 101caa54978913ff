package io.quorumark.raft.jraft.state;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import io.quorumark.raft.ProposalCallback;
import io.quorumark.raft.RaftFailure;

/** What the library knows a submitted entry by; run only if the entry was not applied, or if that is unknown. */
public record ProposalClosure(ProposalCallback callback) implements Closure {
    // The library answers EPERM for a task it has not taken and for one it has: only its words tell them apart, and any
    // other words count as "may have been taken".
    private static final String NOT_LEADER = "Is not leader.";
    private static final String TRANSFERRING = "Is transferring leadership.";

    @Override
    public void run(Status status) {
        RaftError error = status.getRaftError();
        String words = String.valueOf(status.getErrorMsg());
        if (error == RaftError.ENODESHUTDOWN
                || (error == RaftError.EPERM && words.equals(NOT_LEADER))
                || (error == RaftError.EBUSY && words.equals(TRANSFERRING))) {
            callback.onNotTaken(words);
        } else {
            callback.onFailure(new RaftFailure(
                    error == RaftError.EBUSY ? RaftFailure.Code.BUSY : RaftFailure.Code.UNKNOWN_OUTCOME, words));
        }
    }
}
