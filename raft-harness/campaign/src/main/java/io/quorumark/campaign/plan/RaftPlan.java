package io.quorumark.campaign.plan;

import io.quorumark.raft.RaftSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan's {@code raft} section, and the same section of a member's own configuration: how a group replicates. What is
 * missing is as {@link
 * ResolvedRaft#of} has it.
 *
 * @param log the engine under every member's log, and its commits
 * @param state the engine under every member's state, and its commits
 * @param snapshot when members take snapshots
 * @param batch how much travels together
 * @param pipeline how much travels at once
 * @param electionTimeoutMillis how long a follower waits for a message from the leader
 * @param heartbeatMillis how often an idle leader speaks; a tenth of the election timeout if absent
 */
public record RaftPlan(
        @Nullable StorePlan log,
        @Nullable StorePlan state,
        @Nullable SnapshotPlan snapshot,
        @Nullable BatchPlan batch,
        @Nullable PipelinePlan pipeline,
        @Nullable Integer electionTimeoutMillis,
        @Nullable Integer heartbeatMillis)
        implements Section<RaftPlan> {

    static final RaftPlan EMPTY = Section.empty(RaftPlan.class);

    static final List<ApplicableKeys.Rule> RULES = List.of(
            Plan.ClusterPlan.ofGroups("raft"),
            Plan.ClusterPlan.ofOwnMembers("raft.snapshot"),
            Plan.ClusterPlan.ofOwnMembers("raft.batch"),
            Plan.ClusterPlan.ofOwnMembers("raft.pipeline"),
            Plan.ClusterPlan.ofOwnMembers("raft.electionTimeoutMillis"),
            Plan.ClusterPlan.ofOwnMembers("raft.heartbeatMillis"));

    public RaftPlan {
        Checks.range(
                "electionTimeoutMillis",
                electionTimeoutMillis,
                RaftSettings.SHORTEST_ELECTION_TIMEOUT_MILLIS,
                RaftSettings.LONGEST_ELECTION_TIMEOUT_MILLIS);
        Checks.range("heartbeatMillis", heartbeatMillis, 10, 300_000);
    }

    /**
     * @param engine an engine's id; the engine under test if absent
     * @param durability of this store's own commits: {@code NONE}, {@code PROCESS_CRASH} or {@code POWER_LOSS}
     */
    public record StorePlan(
            @Nullable String engine, @Nullable String durability) implements Section<StorePlan> {
        public StorePlan {
            Checks.oneOf("durability", durability, "NONE", "PROCESS_CRASH", "POWER_LOSS");
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
            @Nullable Integer retain) implements Section<SnapshotPlan> {
        public SnapshotPlan {
            Checks.notNegative("everyEntries", everyEntries);
            Checks.notNegative("everyBytes", everyBytes);
            Checks.range("retain", retain, 1, 100);
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
            @Nullable Integer maxMessageBytes)
            implements Section<BatchPlan> {

        public BatchPlan {
            Checks.range("maxEntries", maxEntries, 1, 10_000);
            Checks.range("maxLogBytes", maxLogBytes, 1, 1 << 30);
            Checks.range("maxMessageEntries", maxMessageEntries, 1, 1 << 16);
            Checks.range("maxMessageBytes", maxMessageBytes, 1, 1 << 30);
        }
    }

    /** @param maxInFlight messages to one follower that are not answered yet */
    public record PipelinePlan(@Nullable Integer maxInFlight) implements Section<PipelinePlan> {
        public PipelinePlan {
            Checks.range("maxInFlight", maxInFlight, 2, 4096);
        }
    }
}
