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
    private final LocalCluster cluster;

    public TestGroup(Path folder, int members) {
        StoreSpec store = StoreSpec.of(new MemoryEngineProvider(), Durability.PROCESS_CRASH);
        cluster = LocalCluster.start(ClusterConfig.of(folder, store, store)
                .withMembers(members)
                .withElectionTimeout(Duration.ofMillis(300))
                .withOperationTimeout(Duration.ofSeconds(2)));
        cluster.awaitLeader(Duration.ofSeconds(20));
    }

    public LocalCluster cluster() {
        return cluster;
    }

    public Member leader() {
        return cluster.awaitLeader(Duration.ofSeconds(20));
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
