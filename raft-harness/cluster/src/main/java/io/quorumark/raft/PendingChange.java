package io.quorumark.raft;

import io.quorumark.raft.ClusterException.ChangeRefused;
import io.quorumark.raft.ClusterException.ChangeRefused.Reason;
import io.quorumark.raft.MembershipChange.Goal;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.message.ChangeBody;
import io.quorumark.raft.message.ClientResponse;
import io.quorumark.raft.message.ClientResponse.Outcome;
import io.quorumark.raft.message.MemberStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One change of the group's members on its way, from the member that was asked for it. Whatever became of a step, the
 * next one is chosen from who belongs to the group then, by whoever
 * leads then: an answer that is lost with a leader is looked up, not guessed. A member that does not lead sends the change on to the one
 * that does; it cannot come back, as every member knows a leader of a later term than those it led in. Ends its future once, within its
 * time.
 */
final class PendingChange {
    private static final long RETRY_MILLIS = 20;

    private final LocalMember member;
    private final MembershipChange change;
    private final long deadlineNanos;
    private final long electionTimeoutMillis;
    private final CatchUp catchUp;
    private final CompletableFuture<Membership> done = new CompletableFuture<>();
    private volatile boolean taken;
    private volatile boolean caughtUp;
    private volatile String lastProblem = "no leader was found";

    /**
     * @param begun whether a step of it may have been taken already: then what is to be removed may be gone
     */
    PendingChange(
            LocalMember member, MembershipChange change, boolean begun, long timeoutNanos, long electionTimeoutMillis) {
        this.member = member;
        this.change = change;
        this.taken = begun;
        this.deadlineNanos = System.nanoTime() + timeoutNanos;
        this.electionTimeoutMillis = electionTimeoutMillis;
        this.catchUp = new CatchUp(TimeUnit.MILLISECONDS.toNanos(electionTimeoutMillis));
    }

    /** Begins, if the member belongs to a group. */
    CompletableFuture<Membership> begin() {
        RunningMember running = member.running();
        if (running == null) {
            refuse(Reason.STOPPED, "member " + member.id() + " is stopped; start it");
            return done;
        }
        String outside = member.outsideOfGroup(running);
        if (outside == null) {
            soon(0);
        } else {
            refuse(Reason.OUTSIDE, outside);
        }
        return done;
    }

    private void attempt() {
        if (done.isDone()) {
            return;
        }
        RunningMember running = member.running();
        if (running == null) {
            refuse(Reason.STOPPED, "member " + member.id() + " was stopped meanwhile");
        } else if (System.nanoTime() - deadlineNanos > 0) {
            refuse(Reason.NOT_IN_TIME, lastProblem + "; ask again to go on with it");
        } else if (running.leaderTerm() > 0) {
            lead(running);
        } else {
            forward(running);
        }
    }

    private void lead(RunningMember running) {
        Membership now = running.membershipOrNone();
        if (now.voters().isEmpty()) {
            // the leadership is being lost, or handed over
            soon(RETRY_MILLIS);
            return;
        }
        boolean voter = now.voters().contains(change.memberId());
        boolean learner = now.learners().contains(change.memberId());
        switch (change.goal()) {
            case LEARNER -> {
                if (voter) {
                    refuse(Reason.IS_VOTER, "it is a voter; remove it first to make it a learner");
                } else if (learner) {
                    confirm(running, now);
                } else {
                    // who is not there would stay a learner that never follows
                    ask(status -> take(running, MembershipStep.ADD_LEARNER));
                }
            }
            case VOTER -> {
                if (voter) {
                    confirm(running, now);
                } else if (!learner && caughtUp) {
                    take(running, MembershipStep.ADD_VOTER);
                } else if (learner && caughtUp) {
                    take(running, MembershipStep.REMOVE_LEARNER);
                } else {
                    follow(running, learner);
                }
            }
            case LEADER -> {
                if (change.memberId().equals(member.id())) {
                    end(now);
                } else if (voter && caughtUp) {
                    caughtUp = false;
                    handOver(running);
                } else if (voter) {
                    // while the library waits for one that does not answer or lags, the group would take no writes
                    long leaderIndex = running.lastAppliedIndex();
                    ask(status -> look(leaderIndex, status));
                } else {
                    refuse(Reason.NOT_VOTER, "it is no voter; the voters are " + String.join(", ", now.voters()));
                }
            }
            case REMOVED -> {
                if (learner) {
                    take(running, MembershipStep.REMOVE_LEARNER);
                } else if (!voter && !taken) {
                    refuse(
                            Reason.UNKNOWN_MEMBER,
                            "it does not belong to the group; the voters are " + String.join(", ", now.voters()));
                } else if (voter && now.voters().size() == 1) {
                    refuse(Reason.LAST_VOTER, "it is the group's only voter; add another one first");
                } else if (voter && change.memberId().equals(member.id())) {
                    handOver(running);
                } else if (voter) {
                    take(running, MembershipStep.REMOVE_VOTER);
                } else {
                    confirm(running, now);
                }
            }
        }
    }

    /** The group looks as it is to be; that is agreed when an entry after it is. */
    private void confirm(RunningMember running, Membership seen) {
        running.writeNothing(new EntryEnd() {
            @Override
            public void onApplied(WriteResult result) {
                end(seen);
            }

            @Override
            void onEnded(String why) {
                soon(RETRY_MILLIS);
            }
        });
    }

    /** Takes one step. */
    private void take(RunningMember running, MembershipStep step) {
        taken = true;
        boolean last = !(change.goal() == Goal.VOTER && step != MembershipStep.ADD_VOTER);
        StepAnswer answer = new StepAnswer(running, last);
        try {
            running.changeMembership(step, change.memberId(), answer);
        } catch (IllegalArgumentException e) {
            // the group changed between the look at it and the step
            answer.onFailure(String.valueOf(e.getMessage()));
        }
        if (step == MembershipStep.ADD_VOTER) {
            nudge(running, answer);
        }
    }

    /**
     * Writes entries without effect until the step is answered. The library looks whether a new voter has caught up
     * when that one answers entries, and at no other time: what it answered
     * before the library waited for it is not looked at, and in a group without writes the change would never end.
     */
    private void nudge(RunningMember running, StepAnswer answer) {
        if (answer.isGiven() || done.isDone()) {
            return;
        }
        running.writeNothing(new Unheard());
        later(() -> nudge(running, answer), electionTimeoutMillis / 2);
    }

    /** The end of an entry without effect. */
    private abstract static class EntryEnd implements ProposalCallback {
        private final long submittedNanos = System.nanoTime();

        @Override
        public long submittedNanos() {
            return submittedNanos;
        }

        @Override
        public void onApplied(WriteResult result) {}

        @Override
        public final void onNotTaken(String why) {
            onEnded(why);
        }

        @Override
        public final void onFailure(RaftFailure failure) {
            onEnded(failure.detail());
        }

        /** It was not applied, or that is unknown. */
        abstract void onEnded(String why);
    }

    /** Of an entry whose end changes nothing. */
    private static final class Unheard extends EntryEnd {
        @Override
        void onEnded(String why) {}
    }

    private final class StepAnswer implements RunningMember.StepCallback {
        private final RunningMember running;
        private final boolean last;
        private volatile boolean given;

        StepAnswer(RunningMember running, boolean last) {
            this.running = running;
            this.last = last;
        }

        boolean isGiven() {
            return given;
        }

        @Override
        public void onFailure(String why) {
            given = true;
            lastProblem = why;
            soon(RETRY_MILLIS);
        }

        @Override
        public void onAgreed() {
            given = true;
            if (last) {
                Membership agreed = running.membershipOrNone();
                if (agreed.voters().isEmpty()) {
                    // agreed, and lost the leadership since: the next leader knows who belongs to the group
                    soon(RETRY_MILLIS);
                } else {
                    end(agreed);
                }
            } else {
                soon(0);
            }
        }
    }

    /** Makes a new voter a learner first, and waits until it has caught up: until then it must not count. */
    private void follow(RunningMember running, boolean learner) {
        long leaderIndex = running.lastAppliedIndex();
        ask(status -> {
            if (learner) {
                look(leaderIndex, status);
            } else {
                take(running, MembershipStep.ADD_LEARNER);
            }
        });
    }

    /** Asks the member that the change is about how it is, and goes on when it answers. */
    private void ask(Consumer<MemberStatus> then) {
        CompletableFuture<ClientResponse> unused = member.questions()
                .askStatus(change.memberId(), Questions.timeoutMillis(deadlineNanos, electionTimeoutMillis))
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        lastProblem = String.valueOf(failure.getMessage());
                        soon(electionTimeoutMillis / 2);
                    } else if (response.outcome() != Outcome.OK) {
                        refuse(Reason.UNFIT, response.text());
                    } else {
                        later(() -> goOnWith(MemberStatus.decode(response.body()), then), 0);
                    }
                });
    }

    /** Two names of one member would be two members to the group, of which one answers. */
    private void goOnWith(MemberStatus status, Consumer<MemberStatus> then) {
        if (status.id().equals(change.memberId())) {
            then.accept(status);
        } else {
            refuse(
                    Reason.UNFIT,
                    "the member there calls itself " + status.id()
                            + "; use that name, or start it with this one as its id");
        }
    }

    private void look(long leaderIndex, MemberStatus follower) {
        if (catchUp.look(leaderIndex, follower.appliedIndex(), System.nanoTime())) {
            caughtUp = true;
            soon(0);
        } else {
            lastProblem = change.memberId() + " follows and lacks " + catchUp.entriesBehind() + " entries";
            soon(RETRY_MILLIS);
        }
    }

    /**
     * Lets another member lead so that no write fails: takes no writes, waits until those it has are applied, and lets the other one stand.
     * A leader that is to go does this first, and who leads then removes it.
     */
    private void handOver(RunningMember running) {
        taken = true;
        running.holdWrites(true);
        running.writeNothing(new EntryEnd() {
            @Override
            public void onApplied(WriteResult result) {
                later(() -> letAnotherStand(running), 0);
            }

            @Override
            void onEnded(String why) {
                running.holdWrites(false);
                lastProblem = why;
                soon(RETRY_MILLIS);
            }
        });
    }

    private void letAnotherStand(RunningMember running) {
        String problem =
                change.goal() == Goal.LEADER ? running.transferLeadershipTo(change.memberId()) : running.handOver();
        if (problem == null) {
            lastProblem = "no other member has taken over the leadership";
            awaitSuccessor(running, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(electionTimeoutMillis));
        } else {
            running.holdWrites(false);
            lastProblem = problem;
            soon(RETRY_MILLIS);
        }
    }

    /** @param givenUpNanos when the library gives the attempt up at the latest, and this member leads on */
    private void awaitSuccessor(RunningMember running, long givenUpNanos) {
        String leader = running.leaderId();
        boolean another = !leader.isEmpty() && !leader.equals(member.id());
        if (another || System.nanoTime() - givenUpNanos > 0) {
            running.holdWrites(false);
            attempt();
        } else {
            later(() -> awaitSuccessor(running, givenUpNanos), RETRY_MILLIS);
        }
    }

    /** This member does not lead, or not any more: whoever leads looks the change up, and goes on with it. */
    private void forward(RunningMember running) {
        String leader = running.leaderId();
        if (leader.isEmpty() || leader.equals(member.id())) {
            soon(RETRY_MILLIS);
            return;
        }
        long leftMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
        CompletableFuture<ClientResponse> unused = member.questions()
                .ask(
                        leader,
                        change.goal().request(),
                        ChangeBody.answeredWithin(leftMillis, change.memberId(), taken)
                                .encode(),
                        leftMillis)
                .whenComplete((response, failure) -> runOrFail(() -> {
                    if (failure != null) {
                        taken = true;
                        lastProblem = String.valueOf(failure.getMessage());
                        soon(RETRY_MILLIS);
                    } else {
                        take(response);
                    }
                }));
    }

    private void take(ClientResponse response) {
        if (response.outcome() == Outcome.OK) {
            end(Membership.decode(response.body()));
            return;
        }
        ChangeRefused refused = ChangeRefused.of(response);
        if (refused.reason().mayPass() && refused.reason() != Reason.NOT_IN_TIME) {
            if (refused.reason() != Reason.OUTSIDE) {
                taken = true;
            }
            lastProblem = String.valueOf(refused.getMessage());
            soon(RETRY_MILLIS);
        } else {
            done.completeExceptionally(refused);
        }
    }

    private void end(Membership agreed) {
        member.noteAgreed(agreed);
        done.complete(agreed);
    }

    private void refuse(Reason reason, @Nullable String why) {
        done.completeExceptionally(new ChangeRefused(reason, change + " was not done: " + why));
    }

    private void soon(long millis) {
        later(this::attempt, millis);
    }

    private void later(Runnable part, long millis) {
        try {
            member.later(() -> runOrFail(part), millis);
        } catch (RejectedExecutionException e) {
            refuse(Reason.STOPPED, "member " + member.id() + " is closed");
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
