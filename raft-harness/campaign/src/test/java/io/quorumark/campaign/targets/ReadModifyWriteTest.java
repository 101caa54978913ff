package io.quorumark.campaign.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.raft.ClusterConfig;
import io.quorumark.raft.LocalCluster;
import io.quorumark.raft.LoopbackPorts;
import io.quorumark.raft.MemberConfig;
import io.quorumark.raft.MemberNode;
import io.quorumark.raft.RaftSettings;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.RemoteGroup;
import io.quorumark.raft.StoreSpec;
import io.quorumark.raft.state.StateStore;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationClass;
import io.quorumark.workload.OperationKind;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A read-modify-write of a key that is not there says so, at every target, and writes; the next one finds what it wrote. */
class ReadModifyWriteTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final EngineProvider MEMORY = Engines.onClassPath().require("memory");
    private static final StoreSpec STORE = StoreSpec.of(MEMORY, Durability.PROCESS_CRASH);

    @TempDir
    Path folder;

    private static Outcome submit(Target target, OperationKind kind) throws Exception {
        Operation operation = new Operation();
        operation.reset(kind, new OperationClass(0, "test"));
        operation.prepareKey(1)[0] = 7;
        operation.prepareValue(1)[0] = 1;
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        target.submit(operation, ended::complete);
        return ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void assertMissesAreTold(Target target) throws Exception {
        assertThat(submit(target, OperationKind.READ)).as("a read before").isEqualTo(Outcome.NOT_FOUND);
        assertThat(submit(target, OperationKind.READ_MODIFY_WRITE))
                .as("the first")
                .isEqualTo(Outcome.NOT_FOUND);
        assertThat(submit(target, OperationKind.READ)).as("a read between").isEqualTo(Outcome.OK);
        assertThat(submit(target, OperationKind.READ_MODIFY_WRITE))
                .as("the second")
                .isEqualTo(Outcome.OK);
        assertThat(submit(target, OperationKind.UPDATE)).as("an update").isEqualTo(Outcome.OK);
    }

    @Test
    void of_a_bare_engine_and_of_a_state_machine() throws Exception {
        EngineConfig config = EngineConfig.of(folder.resolve("e"), StateStore.KEYSPACES, Durability.PROCESS_CRASH);
        try (KVEngine engine = MEMORY.open(config);
                Target target = new EngineTarget(engine, StateStore.STATE, Durability.PROCESS_CRASH)) {
            assertMissesAreTold(target);
        }
        EngineConfig other = EngineConfig.of(folder.resolve("s"), StateStore.KEYSPACES, Durability.PROCESS_CRASH);
        try (KVEngine engine = MEMORY.open(other);
                StateStore store = new StateStore(engine, Durability.PROCESS_CRASH);
                Target target = new StateMachineTarget(engine, store)) {
            assertMissesAreTold(target);
        }
    }

    @Test
    void of_a_group() throws Exception {
        try (LocalCluster cluster = LocalCluster.start(
                        ClusterConfig.of(folder, STORE, STORE).withMembers(1));
                Target target = new ClusterTarget(cluster.client(), ReadConsistency.LINEARIZABLE)) {
            assertMissesAreTold(target);
        }
    }

    @Test
    void of_a_group_of_other_processes() throws Exception {
        String id = "127.0.0.1:" + LoopbackPorts.choose(1).get(0);
        try (MemberNode node = MemberNode.start(new MemberConfig(
                        "g", id, List.of(id), folder.resolve("m"), STORE, STORE, RaftSettings.DEFAULTS, PATIENCE));
                RemoteGroup group = RemoteGroup.of("g", List.of(node.member().id()), PATIENCE);
                Target target = new RemoteTarget(group, ReadConsistency.LINEARIZABLE)) {
            assertMissesAreTold(target);
        }
    }
}
