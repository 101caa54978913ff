package io.quorumark.raft;

import io.quorumark.raft.state.FrozenState;
import io.quorumark.raft.timing.Activity;
import io.quorumark.raft.timing.StageTimes;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A member without a Raft library: answers what it is told to, in that order, and counts. For one test at a time. */
final class ScriptedMember implements RunningMember {
    /** What becomes of the next writes; taken on retry threads as well. */
    final Queue<Consumer<ProposalCallback>> writes = new ArrayDeque<>();

    /** What becomes of the next confirmed reads. */
    final Queue<Consumer<ReadConfirmation>> reads = new ArrayDeque<>();

    volatile long leaderTerm = 1;
    volatile String leaderId = "";
    final AtomicInteger submitted = new AtomicInteger();

    @Override
    public synchronized boolean submit(byte[] command, ProposalCallback callback) {
        submitted.incrementAndGet();
        Consumer<ProposalCallback> next = writes.poll();
        if (next == null) {
            return false;
        }
        next.accept(callback);
        return true;
    }

    @Override
    public synchronized void confirm(ReadConsistency consistency, ReadConfirmation read) {
        reads.remove().accept(read);
    }

    /** Has no state: a read that comes this far is told so. */
    @Override
    public void readApplied(StateRead read) {
        read.onFailure(new RaftFailure(RaftFailure.Code.UNAVAILABLE, "read here"));
    }

    @Override
    public long leaderTerm() {
        return leaderTerm;
    }

    @Override
    public String leaderId() {
        return leaderId;
    }

    @Override
    public List<String> knownVoters() {
        return List.of("127.0.0.1:1", "127.0.0.1:2");
    }

    @Override
    public Membership membershipOrNone() {
        return leaderTerm > 0 ? new Membership(knownVoters(), List.of()) : Membership.NONE;
    }

    @Override
    public long term() {
        return leaderTerm;
    }

    @Override
    public long leaderChanges() {
        return 0;
    }

    @Override
    public long lastAppliedIndex() {
        return 0;
    }

    @Override
    public long snapshotIndex() {
        return 0;
    }

    @Override
    public LogBounds logBounds() {
        return new LogBounds(1, 0, 0);
    }

    @Override
    public String stateOrigin() {
        return "empty";
    }

    @Override
    public List<Activity> takeActivities() {
        return List.of();
    }

    @Override
    public StageTimes takeWriteStages() {
        return StageTimes.none();
    }

    @Override
    public void stop() {}

    @Override
    public void writeNothing(ProposalCallback callback) {
        throw notScripted();
    }

    @Override
    public void holdWrites(boolean hold) {
        throw notScripted();
    }

    @Override
    public CompletableFuture<Long> snapshot() {
        throw notScripted();
    }

    @Override
    public FrozenState freeze() {
        throw notScripted();
    }

    @Override
    public @Nullable String transferLeadershipTo(String otherId) {
        throw notScripted();
    }

    @Override
    public @Nullable String handOver() {
        throw notScripted();
    }

    @Override
    public void changeMembership(MembershipStep step, String memberId, StepCallback callback) {
        throw notScripted();
    }

    @Override
    public StoreUsage logUsage() {
        throw notScripted();
    }

    @Override
    public StoreUsage stateUsage() {
        throw notScripted();
    }

    private static UnsupportedOperationException notScripted() {
        return new UnsupportedOperationException("no test has asked for this yet");
    }
}
