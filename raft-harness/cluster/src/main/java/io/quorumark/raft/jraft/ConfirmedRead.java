package io.quorumark.raft.jraft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.util.timer.Timeout;
import com.alipay.sofa.jraft.util.timer.Timer;
import com.alipay.sofa.jraft.util.timer.TimerTask;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.ReadConfirmation;
import io.quorumark.raft.jraft.state.Refusals;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the library knows a read by that it is to confirm. It ends by the library or by its timeout, whichever comes first.
 *
 * <p>The timeout is not the library's own, which holds every read until its time has run out, though it was confirmed long before: at 5,000
 * reads a second and ten seconds, 50,000 of them that every collection copies.
 */
final class ConfirmedRead extends ReadIndexClosure implements TimerTask {
    private static final long NO_TIMEOUT_OF_THE_LIBRARY = -1;

    private final ReadConfirmation read;
    private volatile @Nullable Timeout timeout;

    private ConfirmedRead(ReadConfirmation read) {
        super(NO_TIMEOUT_OF_THE_LIBRARY);
        this.read = read;
    }

    /** A read that fails with {@code TIMEOUT} unless the library ends it within {@code timeoutMillis} from now. */
    static ConfirmedRead within(long timeoutMillis, Timer timer, ReadConfirmation read) {
        ConfirmedRead confirmed = new ConfirmedRead(read);
        confirmed.timeout = timer.newTimeout(confirmed, timeoutMillis, TimeUnit.MILLISECONDS);
        return confirmed;
    }

    @Override
    public void run(Timeout expired) {
        run(new Status(RaftError.ETIMEDOUT, "the leader did not confirm the read in time"));
    }

    /** Called once: what comes second is only logged by the library. */
    @Override
    public void run(Status status, long index, byte @Nullable [] context) {
        Timeout pending = timeout;
        if (pending != null) {
            pending.cancel();
        }
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
        return error == RaftError.EBUSY && !Refusals.isHandOver(status)
                ? RaftFailure.Code.BUSY
                : RaftFailure.Code.NO_LEADER;
    }
}
