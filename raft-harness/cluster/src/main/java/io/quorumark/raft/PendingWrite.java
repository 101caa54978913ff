package io.quorumark.raft;

import io.quorumark.raft.command.WriteResult;
import java.util.function.Consumer;

/** One write on its way. */
final class PendingWrite implements ProposalCallback {
    private final Consumer<PendingWrite> notTaken;
    private final byte[] command;
    private final WriteCallback callback;
    private final long submittedNanos;
    private final long deadlineNanos;

    /**
     * @param notTaken takes the write back if a member has surely not taken it
     * @param timeoutNanos how long it may look for a leader; {@link Long#MAX_VALUE} if another one watches over that
     */
    PendingWrite(Consumer<PendingWrite> notTaken, byte[] command, WriteCallback callback, long timeoutNanos) {
        this.notTaken = notTaken;
        this.command = command;
        this.callback = callback;
        this.submittedNanos = System.nanoTime();
        this.deadlineNanos = submittedNanos + timeoutNanos;
    }

    /** @return false if the member has not taken it, and tells nobody what becomes of it */
    boolean submitTo(RunningMember member) {
        return member.submit(command, this);
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
    public void onNotTaken(String why) {
        notTaken.accept(this);
    }

    @Override
    public void onFailure(RaftFailure failure) {
        try {
            callback.onFailure(failure);
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    void fail(RaftFailure.Code code, String detail) {
        onFailure(new RaftFailure(code, detail));
    }

    /** A callback that throws must not look like an engine that failed. */
    static void report(Throwable defect) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, defect);
    }
}
