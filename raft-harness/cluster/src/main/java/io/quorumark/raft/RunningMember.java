package io.quorumark.raft;

import io.quorumark.raft.state.FrozenState;
import io.quorumark.raft.timing.Activity;
import io.quorumark.raft.timing.StageTimes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One run of a member, from opening its engines to closing them, as a {@link RaftLibrary} makes it. Thread-safe. Callbacks run on the
 * library's threads, or before the call returns.
 */
public interface RunningMember {
    /**
     * Writes a command to the group's log.
     *
     * @return false if the member is being stopped or hands over; the command was not taken and {@code callback} is not called
     */
    boolean submit(byte[] command, ProposalCallback callback);

    /** Writes an entry without effect. */
    void writeNothing(ProposalCallback callback);

    /**
     * Takes no commands while this is so; their senders try again. What a leader has not committed when its successor is elected ends with
     * an unknown outcome, so that it takes nothing from before it hands over until it has.
     */
    void holdWrites(boolean hold);

    /**
     * Asks the leader how far the log is committed, and waits until that is applied here.
     *
     * @param consistency {@code LINEARIZABLE} or {@code LEASE}
     */
    void confirm(ReadConsistency consistency, ReadConfirmation read);

    /** Reads what is applied here, on the calling thread. If the state cannot be read, {@code read} fails, and this throws nothing. */
    void readApplied(StateRead read);

    /**
     * Takes a snapshot while writes go on.
     *
     * @return the last log index that is in the snapshot; fails with {@link ClusterException.MemberFailed}
     * @throws ClusterException.MemberFailed the member is being stopped
     */
    CompletableFuture<Long> snapshot();

    /**
     * The state as it is now, to be closed by the caller.
     *
     * @throws ClusterException.MemberFailed the member is being stopped
     */
    FrozenState freeze();

    /**
     * Asks the member, which must lead, to hand over to another voter.
     *
     * @return why it does not; null if it does
     */
    @Nullable
    String transferLeadershipTo(String otherId);

    /**
     * Asks the member, which must lead, to hand over to whoever has the most entries.
     *
     * @return why it does not; null if it does
     */
    @Nullable
    String handOver();

    /** The leader as far as this member knows, its own id included; empty if it knows none. */
    String leaderId();

    /** Who belongs to the group; nobody if this member does not lead. */
    Membership membershipOrNone();

    /** The group's voters as far as this member knows; empty for one that no group has added yet. */
    List<String> knownVoters();

    /**
     * Takes one step of a change of the group's members.
     *
     * @throws IllegalArgumentException the step does not fit who belongs to the group
     */
    void changeMembership(MembershipStep step, String memberId, StepCallback callback);

    /** The term in which this member leads and has applied everything of earlier ones; 0 if it does not lead. */
    long leaderTerm();

    /** The newest term it has seen. */
    long term();

    /** How often it has seen the leader change, the first election included. */
    long leaderChanges();

    /** The last log entry whose effect is in its state. */
    long lastAppliedIndex();

    /** The last log entry in its newest snapshot; 0 if it has none. */
    long snapshotIndex();

    LogBounds logBounds();

    StoreUsage logUsage();

    StoreUsage stateUsage();

    /** What was decided about the state that it found in its folder, and why. */
    String stateOrigin();

    /** What it and its engines did beside its writes since the last call. */
    List<Activity> takeActivities();

    /** Where the time went of writes that it led since the last call. */
    StageTimes takeWriteStages();

    /**
     * Makes the member unreachable, waits for its last thread, and syncs and closes its engines.
     *
     * @throws ClusterException.MemberFailed it does not end; its engines are still open
     */
    void stop();

    /** Learns how a step of a change of members ended; exactly one method is called, once. They must neither block nor throw. */
    interface StepCallback {
        /** The group has agreed. */
        void onAgreed();

        /** @param why one line for people; the group may yet agree */
        void onFailure(String why);
    }
}
