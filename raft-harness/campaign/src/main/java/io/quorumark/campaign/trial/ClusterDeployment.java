package io.quorumark.campaign.trial;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.targets.ClusterTarget;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.raft.ClusterConfig;
import io.quorumark.raft.ContentDigest;
import io.quorumark.raft.LocalCluster;
import io.quorumark.raft.Member;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.StateRead;
import io.quorumark.raft.StoreSpec;
import io.quorumark.raft.Transport;
import io.quorumark.raft.timing.Activity;
import io.quorumark.raft.timing.StageTimes;
import io.quorumark.results.model.Cell;
import io.quorumark.workload.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A Raft group of this JVM, every member on the cell's engines. */
final class ClusterDeployment implements Deployment {
    private static final Duration ELECTION_PATIENCE = Duration.ofSeconds(30);
    private static final Duration REPLICATION_PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final LocalCluster cluster;
    private final ClusterTarget target;

    private ClusterDeployment(LocalCluster cluster, ClusterTarget target) {
        this.cluster = cluster;
        this.target = target;
    }

    /** Starts the group and waits for its leader. */
    static ClusterDeployment start(TrialSpec spec, Engines engines, Path folder) {
        Cell cell = spec.cell();
        Cell.Cluster shape = cell.cluster();
        StoreSpec log = store(spec, engines, shape.logEngine(), shape.logDurability());
        StoreSpec state = store(spec, engines, shape.stateEngine(), shape.stateDurability());
        LocalCluster cluster = LocalCluster.start(ClusterConfig.of(folder, log, state)
                .withMembers(shape.members())
                .withTransport(Transport.ofWord(shape.transport()))
                .withRaft(spec.raft()));
        cluster.awaitLeader(ELECTION_PATIENCE);
        ReadConsistency reads = ReadConsistency.ofWord(shape.readConsistency());
        return new ClusterDeployment(cluster, new ClusterTarget(cluster.client(), reads));
    }

    private static StoreSpec store(TrialSpec spec, Engines engines, String engine, String durability) {
        return new StoreSpec(
                engines.require(engine),
                Durability.ofCode(durability),
                spec.cell().memoryBudgetBytes(),
                spec.backgroundThreads(),
                EngineConfig.DEFAULT_MAX_DATA_BYTES,
                engine.equals(spec.cell().engine()) ? spec.cell().engineOptions() : Map.of());
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public long leadershipEpoch() {
        return cluster.members().stream().mapToLong(Member::leaderChanges).sum();
    }

    @Override
    public Map<String, Long> appliedIndexes() {
        Map<String, Long> applied = new TreeMap<>();
        cluster.members().forEach(member -> applied.put(nameOf(member), member.lastAppliedIndex()));
        return applied;
    }

    @Override
    public StageTimes takeWriteStages() {
        return StageTimes.sum(
                cluster.members().stream().map(Member::takeWriteStages).toList());
    }

    private static String nameOf(Member member) {
        return "member-" + member.index();
    }

    @Override
    public void settle() throws InterruptedException {
        long lastIndex = cluster.members().stream()
                .mapToLong(Member::lastAppliedIndex)
                .max()
                .orElseThrow();
        long deadline = System.nanoTime() + REPLICATION_PATIENCE.toNanos();
        for (Member member : cluster.members()) {
            while (member.lastAppliedIndex() < lastIndex) {
                if (member.failure().isPresent()) {
                    throw new HarnessException("member " + member.id() + " failed: "
                            + member.failure().get().getMessage());
                }
                if (System.nanoTime() > deadline) {
                    throw new HarnessException(
                            "member " + member.id() + " has applied entry " + member.lastAppliedIndex() + " of "
                                    + lastIndex + " after " + REPLICATION_PATIENCE.toSeconds() + " s");
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    @Override
    public List<Activity> takeActivities() {
        return cluster.members().stream()
                .flatMap(member -> member.takeActivities().stream())
                .toList();
    }

    @Override
    public Map<String, ReplicaContent> contents() {
        Map<String, ReplicaContent> contents = new TreeMap<>();
        for (Member member : cluster.members()) {
            ContentDigest digest = member.digest();
            contents.put(nameOf(member), new ReplicaContent(digest.sha256(), digest.recordCount()));
        }
        return contents;
    }

    @Override
    public byte @Nullable [] value(String replica, byte[] key) {
        Member member = cluster.members().stream()
                .filter(each -> nameOf(each).equals(replica))
                .findFirst()
                .orElseThrow();
        CompletableFuture<byte @Nullable []> answer = new CompletableFuture<>();
        member.read(ReadConsistency.LOCAL, new StateRead() {
            @Override
            public void onState(Reader reader, Keyspace state) {
                answer.complete(EngineFigures.value(reader, state, key));
            }

            @Override
            public void onFailure(RaftFailure failure) {
                answer.completeExceptionally(new HarnessException(
                        "member " + member.id() + " cannot be read: " + failure.code() + ": " + failure.detail()));
            }
        });
        return answer.join();
    }

    @Override
    public Map<String, String> effectiveOptions() {
        Member first = cluster.members().get(0);
        Map<String, String> options = new TreeMap<>();
        first.stateUsage().effectiveOptions().forEach((name, value) -> options.put("state." + name, value));
        first.logUsage().effectiveOptions().forEach((name, value) -> options.put("log." + name, value));
        return options;
    }

    @Override
    public Map<String, Double> engineStats() {
        Member first = cluster.members().get(0);
        Map<String, Double> stats = new TreeMap<>();
        stats.putAll(EngineFigures.stats("state.", first.stateUsage().stats()));
        stats.putAll(EngineFigures.stats("log.", first.logUsage().stats()));
        return stats;
    }

    @Override
    public List<InstanceStats> instances() {
        List<InstanceStats> instances = new ArrayList<>();
        for (Member member : cluster.members()) {
            instances.add(EngineFigures.instance(true, member.logUsage().stats()));
            instances.add(EngineFigures.instance(false, member.stateUsage().stats()));
        }
        return instances;
    }

    @Override
    public List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (Member member : cluster.members()) {
            member.failure()
                    .ifPresent(cause -> failures.add("member " + member.id() + " failed: " + cause.getMessage()));
        }
        return failures;
    }

    @Override
    public LifecycleTimes runLifecycle() throws InterruptedException {
        return new GroupLife(cluster).go();
    }

    @Override
    public void close() {
        target.close();
        cluster.close();
    }
}
