package io.quorumark.raft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.state.AppliedCallback;
import java.util.function.Consumer;

/** One write on its way: what the Raft library knows a submitted command by. */
final class PendingWrite implements AppliedCallback {
    // The library answers EPERM for a task it has not taken and for one it has: only its words tell them apart, and any
    // other words count as "may have been taken".
    private static final String NOT_LEADER = "Is not leader.";
    private static final String TRANSFERRING = "Is transferring leadership.";

    private final Consumer<PendingWrite> notTaken;
    private final byte[] command;
    private final WriteCallback callback;
    private final long submittedNanos;
    private final long deadlineNanos;

    /**
     * @param notTaken takes the write back where a member has surely not taken it
     * @param timeoutNanos how long it may look for a leader; {@link Long#MAX_VALUE} where another one watches over that
     */
    PendingWrite(Consumer<PendingWrite> notTaken, byte[] command, WriteCallback callback, long timeoutNanos) {
        this.notTaken = notTaken;
        this.command = command;
        this.callback = callback;
        this.submittedNanos = System.nanoTime();
        this.deadlineNanos = submittedNanos + timeoutNanos;
    }

    byte[] command() {
        return command;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    @Override
    public long submittedNanos() {
        return submittedNanos;
    }

    @Override
    public void onApplied(WriteResult result) {
        try {
            callback.onSuccess(result);
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    @Override
    public void run(Status status) {
        RaftError error = status.getRaftError();
        String words = String.valueOf(status.getErrorMsg());
        if (error == RaftError.ENODESHUTDOWN
                || (error == RaftError.EPERM && words.equals(NOT_LEADER))
                || (error == RaftError.EBUSY && words.equals(TRANSFERRING))) {
            notTaken.accept(this);
        } else if (error == RaftError.EBUSY) {
            fail(RaftFailure.Code.BUSY, words);
        } else {
            fail(RaftFailure.Code.UNKNOWN_OUTCOME, words);
        }
    }

    void fail(RaftFailure.Code code, String detail) {
        try {
            callback.onFailure(new RaftFailure(code, detail));
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    /** A callback that throws must not look like an engine that failed. */
    static void report(Throwable defect) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, defect);
    }
}
