package io.quorumark.raft;

import io.quorumark.raft.message.ClientResponse;
import io.quorumark.raft.message.MemberStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that a member was removed. The group stops sending to it, often before it has sent that very entry, so a
 * member that hears no leader asks the others: a leader that does not count it says so. Looks every two election
 * timeouts while the member runs.
 */
final class RoleWatch {
    private static final int ELECTION_TIMEOUTS_PER_LOOK = 2;

    private final LocalMember member;
    private final long electionTimeoutMillis;
    private volatile @Nullable RunningMember removedRun;
    private volatile long removedNanos;
    private volatile String lastLeader = "";

    RoleWatch(LocalMember member, long electionTimeoutMillis) {
        this.member = member;
        this.electionTimeoutMillis = electionTimeoutMillis;
    }

    /** Watches until {@code run} ends. */
    void start(RunningMember run) {
        later(run);
    }

    /** The group has agreed that the member does not belong to it. */
    void noteRemoved() {
        removedNanos = System.nanoTime();
        removedRun = member.running();
    }

    MemberRole roleOf(RunningMember run) {
        if (run.leaderTerm() > 0) {
            return MemberRole.LEADER;
        }
        if (removedRun == run) {
            return MemberRole.REMOVED;
        }
        return run.knownVoters().isEmpty() && run.leaderId().isEmpty() ? MemberRole.WAITING : MemberRole.FOLLOWER;
    }

    private void later(RunningMember run) {
        try {
            member.later(() -> look(run), ELECTION_TIMEOUTS_PER_LOOK * electionTimeoutMillis);
        } catch (RejectedExecutionException e) {
            // the member is closed: nobody asks any more
        }
    }

    private void look(RunningMember run) {
        if (member.running() != run) {
            return;
        }
        if (run.leaderId().isEmpty()) {
            askOthers(run);
        } else {
            lastLeader = member.leaderId();
            // one that was just removed still believes in its last leader for an election timeout and a half
            long sinceMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - removedNanos);
            if (removedRun == run && sinceMillis > 3 * electionTimeoutMillis) {
                removedRun = null;
            }
        }
        later(run);
    }

    private void askOthers(RunningMember run) {
        List<String> others = new ArrayList<>(run.knownVoters());
        if (!lastLeader.isEmpty() && !others.contains(lastLeader)) {
            others.add(lastLeader);
        }
        others.remove(member.id());
        for (String other : others) {
            CompletableFuture<ClientResponse> unused = member.questions()
                    .askStatus(other, electionTimeoutMillis)
                    .whenComplete((response, failure) -> {
                        if (failure == null && response.outcome() == ClientResponse.Outcome.OK) {
                            hear(run, MemberStatus.decode(response.body()));
                        }
                    });
        }
    }

    private void hear(RunningMember run, MemberStatus other) {
        if (other.voters().isEmpty()) {
            if (!other.leader().isEmpty() && !other.leader().equals(member.id())) {
                lastLeader = other.leader();
            }
        } else if (other.term() >= run.term()
                && !other.voters().contains(member.id())
                && !other.learners().contains(member.id())
                && member.running() == run) {
            removedNanos = System.nanoTime();
            removedRun = run;
        }
    }
}
