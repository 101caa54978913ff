package io.quorumark.raft;

import java.nio.file.Path;
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

    /** The newest term it has seen. */
    long term();

    /** The last log entry whose effect is in its state. */
    long lastAppliedIndex();

    /** How often this member has seen the leader change since it was started, the first election included. */
    long leaderChanges();

    LogBounds logBounds();

    /** @throws ClusterException.MemberFailed it is stopped */
    StoreUsage logUsage();

    /** @throws ClusterException.MemberFailed it is stopped */
    StoreUsage stateUsage();

    /** Why it stopped working, where its engine or disk failed; empty while all is well. */
    Optional<Throwable> failure();

    /** What was decided about the state it found in its folder when it was last started, and why. */
    String stateOrigin();

    /** Reads through this member; {@link ReadConsistency#LOCAL} runs before the call returns. */
    void read(ReadConsistency consistency, StateRead read);

    /**
     * Takes a snapshot while writes go on, and drops the log before the previous one.
     *
     * @return the last log index that is in the snapshot; fails with {@link ClusterException.MemberFailed} where it could not be written
     */
    CompletableFuture<Long> snapshot();

    /** Digests the content, from a consistent snapshot of its engine, on the calling thread. */
    ContentDigest digest();

    /**
     * Asks the leader, which must be this member, to hand over to another one.
     *
     * @throws ClusterException.MemberFailed this member does not lead, or the other one is not known
     */
    void transferLeadershipTo(Member other);
}
