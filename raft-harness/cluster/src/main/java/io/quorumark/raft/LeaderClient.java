package io.quorumark.raft;

import io.quorumark.raft.command.Command;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends operations to whichever member of this JVM leads in the newest term; holds those that find no leader until there is one. */
final class LeaderClient implements ClusterClient, WriteRetry {
    private static final long RETRY_MILLIS = 5;

    private final List<LocalMember> members;
    private final ScheduledExecutorService retries;
    private final long operationTimeoutNanos;

    LeaderClient(List<LocalMember> members, ScheduledExecutorService retries, long operationTimeoutNanos) {
        this.members = members;
        this.retries = retries;
        this.operationTimeoutNanos = operationTimeoutNanos;
    }

    @Override
    public void write(byte[] command, WriteCallback callback) {
        Command.check(command);
        submit(new PendingWrite(this, command, callback, operationTimeoutNanos));
    }

    private void submit(PendingWrite write) {
        RunningMember leader = leader();
        if (leader == null || !leader.submit(write)) {
            submitLater(write);
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
            write.fail(RaftFailure.Code.UNAVAILABLE, "the cluster is closed");
        }
    }

    @Override
    public void read(ReadConsistency consistency, StateRead read) {
        read(consistency, read, System.nanoTime() + operationTimeoutNanos);
    }

    private void read(ReadConsistency consistency, StateRead read, long deadlineNanos) {
        RunningMember leader = leader();
        if (leader == null) {
            readLater(consistency, read, deadlineNanos);
        } else if (consistency == ReadConsistency.LOCAL) {
            leader.readApplied(read);
        } else {
            PendingRead pending = new PendingRead(leader, read, failure -> readLater(consistency, read, deadlineNanos));
            leader.confirm(consistency, pending);
        }
    }

    private void readLater(ReadConsistency consistency, StateRead read, long deadlineNanos) {
        if (System.nanoTime() - deadlineNanos > 0) {
            read.onFailure(new RaftFailure(RaftFailure.Code.NO_LEADER, "no leader confirmed the read in time"));
            return;
        }
        try {
            later(() -> read(consistency, read, deadlineNanos));
        } catch (RejectedExecutionException e) {
            read.onFailure(new RaftFailure(RaftFailure.Code.UNAVAILABLE, "the cluster is closed"));
        }
    }

    private void later(Runnable attempt) {
        ScheduledFuture<?> unused = retries.schedule(
                () -> {
                    try {
                        attempt.run();
                    } catch (RuntimeException e) {
                        PendingWrite.report(e);
                    }
                },
                RETRY_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private @Nullable RunningMember leader() {
        LocalMember leader = LocalMember.newestLeader(members);
        return leader == null ? null : leader.running();
    }
}
