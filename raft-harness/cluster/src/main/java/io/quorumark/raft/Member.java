package io.quorumark.raft;

import io.quorumark.raft.timing.Activity;
import io.quorumark.raft.timing.StageTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One member of a group. Thread-safe. While it is stopped, its figures are the last ones and its operations fail. */
public interface Member {
    /** Its position in the group, from 0. */
    int index();

    /** How the group calls it: {@code host:port}. */
    String id();

    /** Its folder: log, state, snapshots. */
    Path directory();

    boolean isRunning();

    /** Whether it leads and has applied everything of earlier terms, so that it answers. */
    boolean isLeader();

    /** What it is to its group, as far as it knows; {@link MemberRole#FOLLOWER} while it is stopped. */
    MemberRole role();

    /** The newest term it has seen. */
    long term();

    /** The last log entry whose effect is in its state. */
    long lastAppliedIndex();

    /** The last log entry in its newest snapshot; 0 if it has none, or is stopped. */
    long snapshotIndex();

    /** How often this member has seen the leader change since it was started, the first election included. */
    long leaderChanges();

    LogBounds logBounds();

    /** @throws ClusterException.MemberFailed it is stopped */
    StoreUsage logUsage();

    /** @throws ClusterException.MemberFailed it is stopped */
    StoreUsage stateUsage();

    /** Where the time went of writes that this member led since the last call; nothing if it is stopped. */
    StageTimes takeWriteStages();

    /** What this member did beside its writes since the last call; nothing if it is stopped. */
    List<Activity> takeActivities();

    /** Why it stopped working, if its engine or disk failed; empty while all is well. */
    Optional<Throwable> failure();

    /** What was decided about the state it found in its folder when it was last started, and why. */
    String stateOrigin();

    /** The leader's id as far as this member knows, its own if it leads; empty if it knows none. */
    String leaderId();

    /**
     * Submits a command through this member, which sends it on to the leader if it does not lead. Otherwise like
     * {@link ClusterClient#write}, but that writes through a member that does not lead may overtake each other.
     */
    void write(byte[] command, WriteCallback callback);

    /**
     * Reads through this member, which looks for a leader as long as an operation may take; {@link
     * ReadConsistency#LOCAL} runs before the call returns.
     */
    void read(ReadConsistency consistency, StateRead read);

    /**
     * Takes a snapshot while writes go on, and drops the log before the previous one.
     *
     * @return the last log index that is in the snapshot; fails with {@link ClusterException.MemberFailed} if it
     *     could not be written
     */
    CompletableFuture<Long> snapshot();

    /** Digests the content, from a consistent snapshot of its engine, on the calling thread. */
    ContentDigest digest();

    /**
     * Who belongs to the group, as the one that leads knows. Any member of the group may be asked: it asks the leader, and looks for it as
     * long as there is time.
     *
     * @return fails with {@link ClusterException.NoLeader} if nobody told in time, and with {@link ClusterException.MemberFailed} if this
     *     member is stopped or belongs to no group
     */
    CompletableFuture<Membership> membership(Duration timeout);

    /** Within {@link #operationTimeout}. */
    default CompletableFuture<Membership> membership() {
        return membership(operationTimeout());
    }

    /**
     * Makes a running member that has joined no group yet, or a learner, a voter of this one. Writes go on. It follows as
     * a learner until it has
     * caught up, and counts only then. A member that is a voter already is left as it is.
     *
     * <p>Any member of the group may be asked: it sends the change on to the leader. The change outlives every leader: if
     * the leadership moves, whoever leads then looks up what became of it and goes on.
     *
     * @param timeout how long the group may take; a member that has not caught up by then stays a learner, and asking
     *     again goes on from there
     * @return who belongs to the group when it has agreed; fails with {@link ClusterException.ChangeRefused}, whose
     *     reason says what to do
     * @throws IllegalArgumentException {@code memberId} is no id
     */
    CompletableFuture<Membership> addVoter(String memberId, Duration timeout);

    /** Within {@link #operationTimeout}. */
    default CompletableFuture<Membership> addVoter(String memberId) {
        return addVoter(memberId, operationTimeout());
    }

    /**
     * Like {@link #addVoter(String, Duration)}, for a member that only follows: it holds the content and serves reads,
     * and its failure stops nothing.
     */
    CompletableFuture<Membership> addLearner(String memberId, Duration timeout);

    /** Within {@link #operationTimeout}. */
    default CompletableFuture<Membership> addLearner(String memberId) {
        return addLearner(memberId, operationTimeout());
    }

    /**
     * Removes a voter or learner; to be stopped when this is done. Fails like {@link #addVoter(String, Duration)}. A
     * leader that is to remove itself hands over first, so that no write
     * fails, and its successor removes it.
     */
    CompletableFuture<Membership> remove(String memberId, Duration timeout);

    /** Within {@link #operationTimeout}. */
    default CompletableFuture<Membership> remove(String memberId) {
        return remove(memberId, operationTimeout());
    }

    /**
     * Makes a voter the leader; it is left as it is if it leads already. The one that leads takes no writes for a moment,
     * so that none fails. Fails like {@link #addVoter(String, Duration)}.
     */
    CompletableFuture<Membership> transferLeadershipTo(String memberId, Duration timeout);

    /** Within {@link #operationTimeout}. */
    default CompletableFuture<Membership> transferLeadershipTo(String memberId) {
        return transferLeadershipTo(memberId, operationTimeout());
    }

    /** How long an operation may look for a leader, or the group may take to agree, if no other time is given. */
    Duration operationTimeout();
}
