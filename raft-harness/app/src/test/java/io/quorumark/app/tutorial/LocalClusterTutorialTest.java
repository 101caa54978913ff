package io.quorumark.app.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.raft.ClusterConfig;
import io.quorumark.raft.LocalCluster;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.StoreSpec;
import io.quorumark.raft.WriteCallback;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a group is started and written to: what {@link LocalCluster} shows. */
class LocalClusterTutorialTest {
    @TempDir
    Path folder;

    @Test
    void a_group_of_three_takes_a_write() throws Exception {
        EngineProvider provider = Engines.onClassPath().require("memory");
        byte[] key = {1};
        byte[] value = {2};
        CompletableFuture<WriteResult> written = new CompletableFuture<>();
        WriteCallback callback = new WriteCallback() {
            @Override
            public void onSuccess(WriteResult result) {
                written.complete(result);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                written.completeExceptionally(new AssertionError(failure.detail()));
            }
        };
        // example
        StoreSpec log = StoreSpec.of(provider, Durability.POWER_LOSS);
        StoreSpec state = StoreSpec.of(provider, Durability.PROCESS_CRASH); // the log stands behind it
        ClusterConfig config = ClusterConfig.of(folder, log, state).withMembers(3);
        try (LocalCluster cluster = LocalCluster.start(config)) {
            cluster.awaitLeader(Duration.ofSeconds(10));
            cluster.client().write(CommandEncoder.put(key, key.length, value, value.length), callback);
            written.get(10, TimeUnit.SECONDS); // acknowledged: two of three have it on disk
        }
        // end of example
        assertThat(written).isCompleted();
    }

    @Test
    void documents_show_what_is_tested() {
        assertThat(Example.ofClassComment("raft-harness/cluster/src/main/java/io/quorumark/raft/LocalCluster.java"))
                .isEqualTo(Example.testedBy(LocalClusterTutorialTest.class));
    }
}
