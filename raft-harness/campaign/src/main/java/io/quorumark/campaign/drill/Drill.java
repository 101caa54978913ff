package io.quorumark.campaign.drill;

import io.quorumark.raft.LogBounds;
import io.quorumark.raft.Member;
import io.quorumark.raft.Membership;
import io.quorumark.results.drill.DrillFinding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Something that happens to a group, and is timed. Leaves a healthy group behind.
 *
 * @param id how results call it
 * @param question what its time is the time of
 */
record Drill(String id, String question, Body body) {
    /** Entries that a follower misses. */
    static final int MISSED_ENTRIES = 5_000;

    /** Entries that a member has to catch up on when it joins, besides those of earlier drills. */
    private static final int JOINED_ENTRIES = 50_000;

    /** Entries that every member drops from its log at once. */
    private static final int CUT_ENTRIES = 50_000;

    private static final int WRITERS = 8;

    /** About as long as snapshots and a cut take. */
    private static final int UNDISTURBED_SECONDS = 2;

    /** What happens. */
    @FunctionalInterface
    interface Body {
        Outcome hold(DrillGroup group) throws InterruptedException;
    }

    /**
     * @param failedWrites of those that ran beside it; {@link DrillFinding#NO_WRITES} if none did
     * @param problem what should not have happened; empty if all went well
     */
    record Outcome(double millis, long failedWrites, String problem) {
        static Outcome of(double millis) {
            return new Outcome(millis, DrillFinding.NO_WRITES, "");
        }
    }

    /**
     * All, in the order in which they are held with one group.
     *
     * @param churn how long members come and go in the last one
     */
    static List<Drill> all(Duration churn) {
        return List.of(
                new Drill(
                        "election",
                        "from starting all members until one leads",
                        group -> Outcome.of(group.electionMillis())),
                new Drill(
                        "failover",
                        "from cutting the leader off until a new leader acknowledges a write",
                        Drill::failover),
                new Drill(
                        "minority-write",
                        "until a write that a cut-off leader took is reported as in doubt",
                        Drill::minorityWrite),
                new Drill("heal", "from mending a partition until the old leader has applied everything", Drill::heal),
                new Drill(
                        "pre-vote",
                        "longest pause of writes while a follower that was cut off comes back",
                        Drill::preVote),
                new Drill(
                        "follower-restart",
                        "from restarting a follower until it has applied the 5,000 entries it missed, out of the log",
                        Drill::followerRestart),
                new Drill(
                        "snapshot-catch-up",
                        "the same if the log is gone and a snapshot is installed",
                        Drill::snapshotCatchUp),
                new Drill("snapshot", "longest pause of writes while the leader takes a snapshot", Drill::snapshot),
                new Drill(
                        "undisturbed",
                        "longest pause of eight writers while nothing is done to the group for " + UNDISTURBED_SECONDS
                                + " s, to compare the next one with",
                        Drill::undisturbed),
                new Drill(
                        "log-cut",
                        "longest pause of eight writers while all members take snapshots and drop 50,000 entries of their logs",
                        Drill::logCut),
                new Drill(
                        "transfer",
                        "from asking the leader to hand over until the new one acknowledges a write",
                        Drill::transfer),
                new Drill(
                        "add-learner",
                        "from the call until an empty learner follows, under load",
                        group -> underLoad(group, Drill::addLearner)),
                new Drill(
                        "add-voter",
                        "from the call until an empty member votes, under load",
                        group -> underLoad(group, Drill::addVoter)),
                new Drill(
                        "remove-voter",
                        "from the call until the group has agreed, under load",
                        group -> underLoad(group, Drill::removeVoter)),
                new Drill(
                        "join-two",
                        "longest pause of eight writers while an empty member becomes the third voter, 50,000 entries behind",
                        Drill::joinTwo),
                new Drill(
                        "join-three",
                        "longest pause of eight writers while an empty member becomes the fourth voter, 50,000 entries behind",
                        Drill::joinThree),
                new Drill(
                        "churn",
                        "longest pause of eight writers while a voter is added and removed for " + churn.toSeconds()
                                + " s",
                        group -> churn(group, churn)));
    }

    private static Outcome failover(DrillGroup group) throws InterruptedException {
        Member old = group.leader();
        long began = System.nanoTime();
        group.cluster().faults().isolate(old.index());
        group.awaitWriteUnderNewLeader(old);
        double millis = DrillGroup.millisSince(began);
        group.mendAndCatchUp(old);
        return Outcome.of(millis);
    }

    private static Outcome minorityWrite(DrillGroup group) throws InterruptedException {
        Member old = group.leader();
        group.cluster().faults().isolate(old.index());
        long began = System.nanoTime();
        CompletableFuture<?> write = group.submit(1);
        String problem = "";
        try {
            write.get(DrillGroup.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            problem = "a write that only a minority could have was acknowledged";
        } catch (TimeoutException e) {
            problem = "the write was not answered within " + DrillGroup.PATIENCE.toSeconds() + " s";
        } catch (ExecutionException expected) {
            // the group said that it does not know
        }
        double millis = DrillGroup.millisSince(began);
        group.awaitWriteUnderNewLeader(old);
        group.mendAndCatchUp(old);
        return new Outcome(millis, DrillFinding.NO_WRITES, problem);
    }

    private static Outcome heal(DrillGroup group) throws InterruptedException {
        Member old = group.leader();
        group.cluster().faults().isolate(old.index());
        group.awaitWriteUnderNewLeader(old);
        group.writeMany(MISSED_ENTRIES);
        long began = System.nanoTime();
        group.mendAndCatchUp(old);
        return Outcome.of(DrillGroup.millisSince(began));
    }

    private static Outcome preVote(DrillGroup group) throws InterruptedException {
        Member leader = group.leader();
        Member follower = group.aFollower();
        long term = leader.term();
        group.cluster().faults().isolate(follower.index());
        group.await(
                "the follower has lost the leader", () -> follower.leaderId().isEmpty());
        try (SteadyWrites writes = SteadyWrites.start(group.cluster().client())) {
            group.mendAndCatchUp(follower);
            writes.awaitMore();
            String problem = leader.term() == term && group.leader() == leader
                    ? ""
                    : "a follower that came back unseated the leader: term " + term + " became " + leader.term();
            return new Outcome(writes.longestPauseMillis(), writes.failed(), problem);
        }
    }

    private static Outcome followerRestart(DrillGroup group) throws InterruptedException {
        Member follower = group.aFollower();
        group.cluster().stop(follower.index());
        group.writeMany(MISSED_ENTRIES);
        long began = System.nanoTime();
        group.cluster().restart(follower.index());
        group.awaitCaughtUp(follower);
        return Outcome.of(DrillGroup.millisSince(began));
    }

    private static Outcome snapshotCatchUp(DrillGroup group) throws InterruptedException {
        Member follower = group.aFollower();
        group.cluster().stop(follower.index());
        group.writeMany(MISSED_ENTRIES);
        long lastIndex = follower.lastAppliedIndex();
        for (Member member : group.cluster().members()) {
            if (member.isRunning()) {
                // the log is kept from one snapshot to the next
                group.answer(member.snapshot());
                group.write(2);
                group.awaitCaughtUp(member);
                group.answer(member.snapshot());
            }
        }
        Member leader = group.leader();
        group.await(
                "the leader's log begins behind what the follower has",
                () -> leader.logBounds().firstIndex() > lastIndex + 1);
        long began = System.nanoTime();
        group.cluster().restart(follower.index());
        group.awaitCaughtUp(follower);
        return Outcome.of(DrillGroup.millisSince(began));
    }

    private static Outcome snapshot(DrillGroup group) throws InterruptedException {
        Member leader = group.leader();
        try (SteadyWrites writes = SteadyWrites.start(group.cluster().client())) {
            group.answer(leader.snapshot());
            writes.awaitMore();
            return new Outcome(writes.longestPauseMillis(), writes.failed(), "");
        }
    }

    private static Outcome undisturbed(DrillGroup group) throws InterruptedException {
        return pause(group, () -> TimeUnit.SECONDS.sleep(UNDISTURBED_SECONDS));
    }

    private static Outcome logCut(DrillGroup group) throws InterruptedException {
        group.writeMany(CUT_ENTRIES);
        List<Member> members =
                group.cluster().members().stream().filter(Member::isRunning).toList();
        long written = group.leader().logBounds().lastIndex();
        return pause(group, () -> {
            for (Member member : members) {
                group.await("member " + member.id() + " has caught up", () -> member.lastAppliedIndex() >= written);
            }
            // the first snapshot cuts off what was before the one before it, and the second the entries written here
            snapshotAll(group, members);
            snapshotAll(group, members);
            for (Member member : members) {
                group.await("member " + member.id() + " has deleted what it cut off", () -> {
                    LogBounds log = member.logBounds();
                    return log.firstIndex() > written && log.undeletedEntries() == 0;
                });
            }
        });
    }

    private static void snapshotAll(DrillGroup group, List<Member> members) throws InterruptedException {
        // at the same time, as members do that count the same entries
        List<CompletableFuture<Long>> taken =
                members.stream().map(Member::snapshot).toList();
        for (CompletableFuture<Long> each : taken) {
            group.answer(each);
        }
    }

    private static Outcome transfer(DrillGroup group) throws InterruptedException {
        Member old = group.leader();
        Member next = group.aFollower();
        group.awaitCaughtUp(next);
        long began = System.nanoTime();
        CompletableFuture<Membership> handedOver = old.transferLeadershipTo(next.id());
        group.awaitWriteUnderNewLeader(old);
        double millis = DrillGroup.millisSince(began);
        group.answer(handedOver);
        return Outcome.of(millis);
    }

    private static Outcome underLoad(DrillGroup group, Body change) throws InterruptedException {
        try (SteadyWrites writes = SteadyWrites.start(group.cluster().client())) {
            Outcome outcome = change.hold(group);
            writes.awaitMore();
            String problem = writes.failed() == 0
                    ? outcome.problem()
                    : writes.failed() + " writes failed, the first with " + writes.firstFailure();
            return new Outcome(outcome.millis(), writes.failed(), problem);
        }
    }

    private static Outcome addLearner(DrillGroup group) throws InterruptedException {
        Member joining = group.cluster().startJoining();
        long began = System.nanoTime();
        group.answer(group.leader().addLearner(joining.id()));
        group.await("the learner has content", () -> joining.lastAppliedIndex() > 0);
        double millis = DrillGroup.millisSince(began);
        group.answer(group.leader().remove(joining.id()));
        group.cluster().retire(joining.index());
        return Outcome.of(millis);
    }

    private static Outcome addVoter(DrillGroup group) throws InterruptedException {
        Member joining = group.cluster().startJoining();
        long began = System.nanoTime();
        group.answer(group.leader().addVoter(joining.id()));
        return Outcome.of(DrillGroup.millisSince(began));
    }

    private static Outcome joinTwo(DrillGroup group) throws InterruptedException {
        removeVoter(group);
        group.writeMany(JOINED_ENTRIES);
        return join(group);
    }

    private static Outcome joinThree(DrillGroup group) throws InterruptedException {
        Outcome outcome = join(group);
        removeVoter(group);
        return outcome;
    }

    private static Outcome join(DrillGroup group) throws InterruptedException {
        Member joining = group.cluster().startJoining();
        return pause(group, () -> group.answer(group.leader().addVoter(joining.id())));
    }

    private static Outcome churn(DrillGroup group, Duration churn) throws InterruptedException {
        Member comingAndGoing = group.cluster().startJoining();
        Outcome outcome = pause(group, () -> {
            long began = System.nanoTime();
            do {
                group.answer(group.leader().addVoter(comingAndGoing.id()));
                group.answer(group.leader().remove(comingAndGoing.id()));
            } while (System.nanoTime() - began < churn.toNanos());
        });
        group.cluster().retire(comingAndGoing.index());
        return outcome;
    }

    /** What happens beside writes, which it must neither fail nor hold up for an election. */
    @FunctionalInterface
    private interface Change {
        void make() throws InterruptedException;
    }

    private static Outcome pause(DrillGroup group, Change change) throws InterruptedException {
        long term = group.leader().term();
        try (SteadyWrites writes = SteadyWrites.start(group.cluster().client(), WRITERS)) {
            change.make();
            writes.awaitMore();
            long termAfter = group.leader().term();
            String problem = "";
            if (writes.failed() > 0) {
                problem = writes.failed() + " writes failed, the first with " + writes.firstFailure();
            } else if (termAfter != term) {
                problem = "the leader was unseated: term " + term + " became " + termAfter;
            }
            return new Outcome(writes.longestPauseMillis(), writes.failed(), problem);
        }
    }

    private static Outcome removeVoter(DrillGroup group) throws InterruptedException {
        Member leaving = group.aFollower();
        long began = System.nanoTime();
        group.answer(group.leader().remove(leaving.id()));
        double millis = DrillGroup.millisSince(began);
        group.cluster().retire(leaving.index());
        return Outcome.of(millis);
    }
}
