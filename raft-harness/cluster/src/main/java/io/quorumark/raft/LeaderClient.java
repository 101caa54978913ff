package io.quorumark.raft;

import io.quorumark.raft.command.Command;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends operations to whichever member of this JVM leads in the newest term; holds those that find no leader until there is one. */
final class LeaderClient implements ClusterClient {
    private final List<LocalMember> members;
    private final Retries retries;
    private final long operationTimeoutNanos;

    LeaderClient(List<LocalMember> members, Retries retries, long operationTimeoutNanos) {
        this.members = members;
        this.retries = retries;
        this.operationTimeoutNanos = operationTimeoutNanos;
    }

    @Override
    public void write(byte[] command, WriteCallback callback) {
        Command.check(command);
        submit(new PendingWrite(this::submitLater, command, callback, operationTimeoutNanos));
    }

    private void submit(PendingWrite write) {
        RunningMember leader = leader();
        if (leader == null || !write.submitTo(leader)) {
            submitLater(write);
        }
    }

    private void submitLater(PendingWrite write) {
        retries.write(write, this::submit);
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
        retries.orFail(
                deadlineNanos,
                new RaftFailure(RaftFailure.Code.NO_LEADER, "no leader confirmed the read in time"),
                read::onFailure,
                () -> read(consistency, read, deadlineNanos));
    }

    private @Nullable RunningMember leader() {
        LocalMember leader = LocalMember.newestLeader(members);
        return leader == null ? null : leader.running();
    }
}
