package io.quorumark.raft;

import java.util.function.Consumer;

/** One confirmed read on its way. */
final class PendingRead implements ReadConfirmation {
    private final RunningMember member;
    private final StateRead read;
    private final Consumer<RaftFailure> noLeader;

    /** @param noLeader takes the failure that another attempt may mend, instead of the reader */
    PendingRead(RunningMember member, StateRead read, Consumer<RaftFailure> noLeader) {
        this.member = member;
        this.read = read;
        this.noLeader = noLeader;
    }

    @Override
    public void onConfirmed() {
        reporting(() -> member.readApplied(read));
    }

    @Override
    public void onFailure(RaftFailure failure) {
        reporting(() -> {
            if (failure.code() == RaftFailure.Code.NO_LEADER) {
                noLeader.accept(failure);
            } else {
                read.onFailure(failure);
            }
        });
    }

    private static void reporting(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            PendingWrite.report(e);
        }
    }
}
