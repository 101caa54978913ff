package io.quorumark.raft;

import com.alipay.sofa.jraft.util.Endpoint;
import io.quorumark.raft.command.Command;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Writes that come to one member: into its own queue where it leads, else as a message to whom it believes to lead. */
final class ForwardingClient implements WriteRetry {
    private static final long RETRY_MILLIS = 5;

    private final LocalMember member;
    private final WriteMessages messages;
    private final ScheduledExecutorService retries;
    private final long operationTimeoutNanos;

    ForwardingClient(
            LocalMember member, WriteMessages messages, ScheduledExecutorService retries, long operationTimeoutNanos) {
        this.member = member;
        this.messages = messages;
        this.retries = retries;
        this.operationTimeoutNanos = operationTimeoutNanos;
    }

    void write(byte[] command, WriteCallback callback) {
        Command.check(command);
        submit(new PendingWrite(this, command, callback, operationTimeoutNanos));
    }

    private void submit(PendingWrite write) {
        RunningMember running = member.running();
        if (running == null) {
            write.fail(RaftFailure.Code.UNAVAILABLE, "member " + member.id() + " is stopped");
            return;
        }
        if (running.leaderTerm() > 0) {
            if (!running.submit(write)) {
                submitLater(write);
            }
            return;
        }
        String outside = member.outsideOfGroup(running);
        if (outside != null) {
            write.fail(RaftFailure.Code.UNAVAILABLE, outside);
            return;
        }
        Endpoint leader = running.leader();
        if (leader == null || leader.equals(member.endpoint())) {
            submitLater(write);
        } else {
            messages.send(write, leader, (refused, leaderId) -> submitLater(refused));
        }
    }

    @Override
    public void submitLater(PendingWrite write) {
        if (System.nanoTime() - write.deadlineNanos() > 0) {
            write.fail(RaftFailure.Code.NO_LEADER, "no leader took the write in time");
            return;
        }
        try {
            later(() -> submit(write));
        } catch (RejectedExecutionException e) {
            write.fail(RaftFailure.Code.UNAVAILABLE, "member " + member.id() + " is closed");
        }
    }

    /** @throws RejectedExecutionException the member is closed */
    void later(Runnable attempt) {
        later(attempt, RETRY_MILLIS);
    }

    /** @throws RejectedExecutionException the member is closed */
    void later(Runnable attempt, long millis) {
        ScheduledFuture<?> unused = retries.schedule(attempt, millis, TimeUnit.MILLISECONDS);
    }
}
