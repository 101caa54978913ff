package io.quorumark.raft.jraft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.error.RaftError;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.ReadConfirmation;
import org.jspecify.annotations.Nullable;

/** What the library knows a read by that it is to confirm. */
final class ConfirmedRead extends ReadIndexClosure {
    private final ReadConfirmation read;

    ConfirmedRead(ReadConfirmation read, long timeoutMillis) {
        super(timeoutMillis);
        this.read = read;
    }

    @Override
    public void run(Status status, long index, byte @Nullable [] context) {
        if (status.isOk()) {
            read.onConfirmed();
        } else {
            read.onFailure(new RaftFailure(codeOf(status), String.valueOf(status.getErrorMsg())));
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
