package io.quorumark.endpoint;

import io.quorumark.engine.Durability;
import io.quorumark.engine.memory.MemoryEngineProvider;
import io.quorumark.raft.ClusterConfig;
import io.quorumark.raft.LocalCluster;
import io.quorumark.raft.Member;
import io.quorumark.raft.StoreSpec;
import java.nio.file.Path;
import java.time.Duration;

/** A group in this JVM, on the in-memory engine. */
public final class TestGroup implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LocalCluster cluster;

    public TestGroup(Path folder, int members) {
        this(folder, members, PATIENCE);
    }

    /** @param operationTimeout of a group that is going to have no leader */
    public TestGroup(Path folder, int members, Duration operationTimeout) {
        StoreSpec store = StoreSpec.of(new MemoryEngineProvider(), Durability.PROCESS_CRASH);
        cluster = LocalCluster.start(ClusterConfig.of(folder, store, store)
                .withMembers(members)
                // alone it cannot lose the others for being slow
                .withElectionTimeout(Duration.ofMillis(members == 1 ? 300 : 2_000))
                .withOperationTimeout(operationTimeout));
        cluster.awaitLeader(PATIENCE);
    }

    public LocalCluster cluster() {
        return cluster;
    }

    public Member leader() {
        return cluster.awaitLeader(PATIENCE);
    }

    public Member aFollower() {
        String leader = leader().id();
        return cluster.members().stream()
                .filter(member -> !member.id().equals(leader))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
