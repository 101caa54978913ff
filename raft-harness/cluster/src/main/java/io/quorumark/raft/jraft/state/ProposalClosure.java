package io.quorumark.raft.jraft.state;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import io.quorumark.raft.ProposalCallback;
import io.quorumark.raft.RaftFailure;

/** What the library knows a submitted entry by; run only if the entry was not applied, or if that is unknown. */
public record ProposalClosure(ProposalCallback callback) implements Closure {
    @Override
    public void run(Status status) {
        RaftError error = status.getRaftError();
        String words = String.valueOf(status.getErrorMsg());
        // any other refusal counts as "may have been taken"
        if (error == RaftError.ENODESHUTDOWN || Refusals.isNotLeader(status) || Refusals.isHandOver(status)) {
            callback.onNotTaken(words);
        } else {
            callback.onFailure(new RaftFailure(
                    error == RaftError.EBUSY ? RaftFailure.Code.BUSY : RaftFailure.Code.UNKNOWN_OUTCOME, words));
        }
    }
}
