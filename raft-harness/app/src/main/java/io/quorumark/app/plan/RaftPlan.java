package io.quorumark.app.plan;

import io.quorumark.raft.SnapshotPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A plan's {@code raft} section, and the same section of a member's own configuration: how a group replicates. What is
 * missing is as {@link
 * io.quorumark.raft.RaftSettings#DEFAULTS} has it.
 *
 * @param log the engine under every member's log, and its commits
 * @param state the engine under every member's state, and its commits
 * @param snapshot when members take snapshots
 * @param batch how much travels together
 * @param pipeline how much travels at once
 * @param electionTimeoutMillis how long a follower waits for a message from the leader
 * @param heartbeatMillis how often an idle leader speaks; a tenth of the election timeout where absent
 */
public record RaftPlan(
        @Nullable StorePlan log,
        @Nullable StorePlan state,
        @Nullable SnapshotPlan snapshot,
        @Nullable BatchPlan batch,
        @Nullable PipelinePlan pipeline,
        @Nullable Integer electionTimeoutMillis,
        @Nullable Integer heartbeatMillis) {

    static final RaftPlan EMPTY = new RaftPlan(null, null, null, null, null, null, null);

    public RaftPlan {
        Checks.range("electionTimeoutMillis", electionTimeoutMillis, 100, 600_000);
        Checks.range("heartbeatMillis", heartbeatMillis, 10, 300_000);
    }

    /** Nothing but when snapshots are taken. */
    public static RaftPlan snapshots(SnapshotPolicy policy) {
        return new RaftPlan(
                null,
                null,
                new SnapshotPlan(policy.everyEntries(), policy.everyBytes(), policy.retain()),
                null,
                null,
                null,
                null);
    }

    /** This, with the values of {@code base} for what it leaves out. */
    public RaftPlan over(RaftPlan base) {
        return new RaftPlan(
                log == null ? base.log : base.log == null ? log : log.over(base.log),
                state == null ? base.state : base.state == null ? state : state.over(base.state),
                snapshot == null ? base.snapshot : base.snapshot == null ? snapshot : snapshot.over(base.snapshot),
                batch == null ? base.batch : base.batch == null ? batch : batch.over(base.batch),
                pipeline == null ? base.pipeline : base.pipeline == null ? pipeline : pipeline.over(base.pipeline),
                electionTimeoutMillis != null ? electionTimeoutMillis : base.electionTimeoutMillis,
                heartbeatMillis != null ? heartbeatMillis : base.heartbeatMillis);
    }

    /**
     * @param engine an engine's id; the engine under test where absent
     * @param durability of this store's own commits: {@code NONE}, {@code PROCESS_CRASH} or {@code POWER_LOSS}
     */
    public record StorePlan(
            @Nullable String engine, @Nullable String durability) {
        public StorePlan {
            Checks.oneOf("durability", durability, "NONE", "PROCESS_CRASH", "POWER_LOSS");
        }

        StorePlan over(StorePlan base) {
            return new StorePlan(
                    engine != null ? engine : base.engine, durability != null ? durability : base.durability);
        }
    }

    /**
     * @param everyEntries applied log entries between automatic snapshots; 0 for none
     * @param everyBytes bytes of applied commands between automatic snapshots; 0 for none
     * @param retain how many snapshots each member keeps
     */
    public record SnapshotPlan(
            @Nullable Long everyEntries,
            @Nullable Long everyBytes,
            @Nullable Integer retain) {
        public SnapshotPlan {
            Checks.range("everyEntries", everyEntries, 0, Long.MAX_VALUE);
            Checks.range("everyBytes", everyBytes, 0, Long.MAX_VALUE);
            Checks.range("retain", retain, 1, 100);
        }

        SnapshotPlan over(SnapshotPlan base) {
            return new SnapshotPlan(
                    everyEntries != null ? everyEntries : base.everyEntries,
                    everyBytes != null ? everyBytes : base.everyBytes,
                    retain != null ? retain : base.retain);
        }
    }

    /**
     * @param maxEntries entries that the leader takes up at once
     * @param maxLogBytes bytes that a log is given in one commit
     * @param maxMessageEntries entries in one message to a follower
     * @param maxMessageBytes bytes in one message to a follower
     */
    public record BatchPlan(
            @Nullable Integer maxEntries,
            @Nullable Integer maxLogBytes,
            @Nullable Integer maxMessageEntries,
            @Nullable Integer maxMessageBytes) {

        public BatchPlan {
            Checks.range("maxEntries", maxEntries, 1, 10_000);
            Checks.range("maxLogBytes", maxLogBytes, 1, 1 << 30);
            Checks.range("maxMessageEntries", maxMessageEntries, 1, 1 << 16);
            Checks.range("maxMessageBytes", maxMessageBytes, 1, 1 << 30);
        }

        BatchPlan over(BatchPlan base) {
            return new BatchPlan(
                    maxEntries != null ? maxEntries : base.maxEntries,
                    maxLogBytes != null ? maxLogBytes : base.maxLogBytes,
                    maxMessageEntries != null ? maxMessageEntries : base.maxMessageEntries,
                    maxMessageBytes != null ? maxMessageBytes : base.maxMessageBytes);
        }
    }

    /** @param maxInFlight messages to one follower that are not answered yet */
    public record PipelinePlan(@Nullable Integer maxInFlight) {
        public PipelinePlan {
            Checks.range("maxInFlight", maxInFlight, 2, 4096);
        }

        PipelinePlan over(PipelinePlan base) {
            return new PipelinePlan(maxInFlight != null ? maxInFlight : base.maxInFlight);
        }
    }
}
