package io.quorumark.raft;

import io.quorumark.raft.message.ClientResponse;
import io.quorumark.raft.message.ClientResponse.Outcome;
import io.quorumark.raft.message.MemberStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * Who belongs to the group, asked of any of its members: the one that leads knows, the others ask it, and look for it as long as there is
 * time. Ends its future once.
 */
final class MembershipQuestion {
    private static final long RETRY_MILLIS = 20;

    private final LocalMember member;
    private final long deadlineNanos;
    private final long electionTimeoutMillis;
    private final CompletableFuture<Membership> done = new CompletableFuture<>();
    private volatile String lastProblem = "no leader was found";

    MembershipQuestion(LocalMember member, long timeoutNanos, long electionTimeoutMillis) {
        this.member = member;
        this.deadlineNanos = System.nanoTime() + timeoutNanos;
        this.electionTimeoutMillis = electionTimeoutMillis;
    }

    CompletableFuture<Membership> begin() {
        attempt();
        return done;
    }

    private void attempt() {
        RunningMember running = member.running();
        if (running == null) {
            fail("member " + member.id() + " is stopped; start it, or ask another one");
            return;
        }
        String outside = member.outsideOfGroup(running);
        if (outside != null) {
            fail(outside);
            return;
        }
        Membership led = running.leaderTerm() > 0 ? running.membershipOrNone() : Membership.NONE;
        if (!led.voters().isEmpty()) {
            done.complete(led);
            return;
        }
        if (System.nanoTime() - deadlineNanos >= 0) {
            done.completeExceptionally(new ClusterException.NoLeader("member " + member.id()
                    + " does not lead, and nobody told in time who belongs to the group: " + lastProblem
                    + "; ask again"));
            return;
        }
        String leader = running.leaderId();
        if (leader.isEmpty() || leader.equals(member.id())) {
            later(RETRY_MILLIS);
        } else {
            ask(leader);
        }
    }

    private void ask(String leader) {
        CompletableFuture<ClientResponse> unused = member.questions()
                .askStatus(leader, Questions.timeoutMillis(deadlineNanos, electionTimeoutMillis))
                .whenComplete((response, failure) -> runOrFail(() -> {
                    if (failure != null) {
                        lastProblem = String.valueOf(failure.getMessage());
                        later(RETRY_MILLIS);
                    } else if (response.outcome() != Outcome.OK) {
                        lastProblem = response.text();
                        later(RETRY_MILLIS);
                    } else {
                        take(response);
                    }
                }));
    }

    private void take(ClientResponse response) {
        MemberStatus status;
        try {
            status = MemberStatus.decode(response.body());
        } catch (IllegalArgumentException e) {
            fail("the leader's answer cannot be read: " + e.getMessage());
            return;
        }
        if (status.voters().isEmpty()) {
            lastProblem = status.id() + " leads no more";
            later(RETRY_MILLIS);
        } else {
            done.complete(new Membership(status.voters(), status.learners()));
        }
    }

    private void fail(String why) {
        done.completeExceptionally(new ClusterException.MemberFailed(why, null));
    }

    private void later(long millis) {
        try {
            member.later(() -> runOrFail(this::attempt), millis);
        } catch (RejectedExecutionException e) {
            fail("member " + member.id() + " is closed");
        }
    }

    private void runOrFail(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            // left out, the caller would wait for ever
            done.completeExceptionally(e);
        }
    }
}
