package io.quorumark.campaign.plan;

import io.quorumark.engine.Durability;
import io.quorumark.raft.RaftSettings;
import io.quorumark.raft.SnapshotPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RaftPlan} with every default filled in, but for {@code log} and {@code state}, whose engine and durability depend on the engine
 * under test.
 */
public record ResolvedRaft(
        Store log,
        Store state,
        Snapshot snapshot,
        Batch batch,
        Pipeline pipeline,
        int electionTimeoutMillis,
        int heartbeatMillis) {

    public record Store(@Nullable String engine, @Nullable Durability durability) {
        private static Store of(RaftPlan.@Nullable StorePlan plan) {
            String level = plan == null ? null : plan.durability();
            return new Store(plan == null ? null : plan.engine(), level == null ? null : Durability.ofCode(level));
        }
    }

    public record Snapshot(long everyEntries, long everyBytes, int retain) {}

    public record Batch(int maxEntries, int maxLogBytes, int maxMessageEntries, int maxMessageBytes) {}

    public record Pipeline(int maxInFlight) {}

    /**
     * Snapshots are those of {@link SnapshotPolicy#MEMBER_DEFAULTS} unless said otherwise, in a plan as in a member's own configuration: a
     * figure is to be that of a group as it runs in production, whose log is cut.
     *
     * @throws IllegalArgumentException two values contradict each other
     */
    public static ResolvedRaft of(@Nullable RaftPlan written) {
        RaftPlan plan = written == null ? RaftPlan.EMPTY : written;
        RaftSettings defaults = RaftSettings.DEFAULTS;
        if (plan.electionTimeoutMillis() != null) {
            defaults = defaults.withElectionTimeout(Duration.ofMillis(plan.electionTimeoutMillis()));
        }
        if (plan.heartbeatMillis() != null) {
            defaults = defaults.withHeartbeat(Duration.ofMillis(plan.heartbeatMillis()));
        }
        return new ResolvedRaft(
                Store.of(plan.log()),
                Store.of(plan.state()),
                snapshot(plan.snapshot(), SnapshotPolicy.MEMBER_DEFAULTS),
                batch(plan.batch(), defaults.batch()),
                pipeline(plan.pipeline(), defaults.pipeline()),
                Math.toIntExact(defaults.electionTimeout().toMillis()),
                Math.toIntExact(defaults.heartbeat().toMillis()));
    }

    private static Snapshot snapshot(RaftPlan.@Nullable SnapshotPlan plan, SnapshotPolicy defaults) {
        return plan == null
                ? new Snapshot(defaults.everyEntries(), defaults.everyBytes(), defaults.retain())
                : new Snapshot(
                        or(plan.everyEntries(), defaults.everyEntries()),
                        or(plan.everyBytes(), defaults.everyBytes()),
                        or(plan.retain(), defaults.retain()));
    }

    private static Batch batch(RaftPlan.@Nullable BatchPlan plan, RaftSettings.Batch defaults) {
        return plan == null
                ? new Batch(
                        defaults.maxEntries(),
                        defaults.maxLogBytes(),
                        defaults.maxMessageEntries(),
                        defaults.maxMessageBytes())
                : new Batch(
                        or(plan.maxEntries(), defaults.maxEntries()),
                        or(plan.maxLogBytes(), defaults.maxLogBytes()),
                        or(plan.maxMessageEntries(), defaults.maxMessageEntries()),
                        or(plan.maxMessageBytes(), defaults.maxMessageBytes()));
    }

    private static Pipeline pipeline(RaftPlan.@Nullable PipelinePlan plan, RaftSettings.Pipeline defaults) {
        return plan == null
                ? new Pipeline(defaults.maxInFlight())
                : new Pipeline(or(plan.maxInFlight(), defaults.maxInFlight()));
    }

    private static <T> T or(@Nullable T written, T otherwise) {
        return written == null ? otherwise : written;
    }

    /** These as the group takes them. */
    public RaftSettings settings() {
        return new RaftSettings(
                Duration.ofMillis(electionTimeoutMillis),
                Duration.ofMillis(heartbeatMillis),
                new RaftSettings.Batch(
                        batch.maxEntries, batch.maxLogBytes, batch.maxMessageEntries, batch.maxMessageBytes),
                new RaftSettings.Pipeline(pipeline.maxInFlight),
                new SnapshotPolicy(snapshot.everyEntries, snapshot.everyBytes, snapshot.retain));
    }
}
