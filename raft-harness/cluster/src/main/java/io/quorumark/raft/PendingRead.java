package io.quorumark.raft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.error.RaftError;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One confirmed read on its way. */
final class PendingRead extends ReadIndexClosure {
    private final RunningMember member;
    private final StateRead read;
    private final Consumer<RaftFailure> noLeader;

    /** @param noLeader takes the failure that another attempt may mend, instead of the reader */
    PendingRead(RunningMember member, StateRead read, Consumer<RaftFailure> noLeader) {
        super(member.readTimeoutMillis());
        this.member = member;
        this.read = read;
        this.noLeader = noLeader;
    }

    @Override
    public void run(Status status, long index, byte @Nullable [] context) {
        try {
            if (status.isOk()) {
                member.readApplied(read);
                return;
            }
            RaftFailure failure = new RaftFailure(codeOf(status), String.valueOf(status.getErrorMsg()));
            if (failure.code() == RaftFailure.Code.NO_LEADER) {
                noLeader.accept(failure);
            } else {
                read.onFailure(failure);
            }
        } catch (RuntimeException | Error e) {
            PendingWrite.report(e);
        }
    }

    private static RaftFailure.Code codeOf(Status status) {
        RaftError error = status.getRaftError();
        if (error == RaftError.ETIMEDOUT) {
            return RaftFailure.Code.TIMEOUT;
        }
        return error == RaftError.EBUSY ? RaftFailure.Code.BUSY : RaftFailure.Code.NO_LEADER;
    }
}
