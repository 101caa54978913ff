package io.quorumark.raft;

import io.quorumark.raft.command.Command;

/** Writes that come to one member: into its own queue if it leads, else as a message to whom it believes to lead. */
final class ForwardingClient {
    private final LocalMember member;
    private final WriteMessages messages;
    private final Retries retries;
    private final long operationTimeoutNanos;

    ForwardingClient(LocalMember member, WriteMessages messages, Retries retries, long operationTimeoutNanos) {
        this.member = member;
        this.messages = messages;
        this.retries = retries;
        this.operationTimeoutNanos = operationTimeoutNanos;
    }

    void write(byte[] command, WriteCallback callback) {
        Command.check(command);
        submit(new PendingWrite(this::submitLater, command, callback, operationTimeoutNanos));
    }

    private void submit(PendingWrite write) {
        RunningMember running = member.running();
        if (running == null) {
            write.fail(RaftFailure.Code.UNAVAILABLE, "member " + member.id() + " is stopped");
            return;
        }
        if (running.leaderTerm() > 0) {
            if (!write.submitTo(running)) {
                submitLater(write);
            }
            return;
        }
        String outside = member.outsideOfGroup(running);
        if (outside != null) {
            write.fail(RaftFailure.Code.UNAVAILABLE, outside);
            return;
        }
        String leader = running.leaderId();
        if (leader.isEmpty() || leader.equals(member.id())) {
            submitLater(write);
        } else {
            messages.send(write, leader, (refused, leaderId) -> submitLater(refused));
        }
    }

    private void submitLater(PendingWrite write) {
        retries.write(write, this::submit);
    }
}
