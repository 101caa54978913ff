package io.quorumark.app.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.Durability;
import io.quorumark.raft.ClusterConfig;
import io.quorumark.raft.LoopbackPorts;
import io.quorumark.raft.MemberConfig;
import io.quorumark.raft.MemberNode;
import io.quorumark.raft.RaftSettings;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.RemoteGroup;
import io.quorumark.raft.StoreSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a client reads from members of other processes: what {@link RemoteGroup} shows, against one member. */
class RemoteGroupTutorialTest {
    private static final StoreSpec STORE =
            StoreSpec.of(Engines.onClassPath().require("memory"), Durability.PROCESS_CRASH);

    @TempDir
    Path folder;

    @Test
    void a_value_is_read_from_whoever_leads() throws Exception {
        String id = "127.0.0.1:" + LoopbackPorts.choose(1).get(0);
        List<String> memberIds = List.of(id);
        MemberConfig config = new MemberConfig(
                "orders",
                id,
                memberIds,
                folder,
                STORE,
                STORE,
                RaftSettings.DEFAULTS,
                ClusterConfig.DEFAULT_OPERATION_TIMEOUT);
        byte[] key = {1};
        try (MemberNode node = MemberNode.start(config)) {
            assertThat(node.member().id()).isEqualTo(id);
            // example
            RemoteGroup group = RemoteGroup.of("orders", memberIds, Duration.ofSeconds(10)); // to be closed
            byte[] value = group.get(ReadConsistency.LINEARIZABLE, key).get(10, TimeUnit.SECONDS); // null if absent
            // end of example
            try (group) {
                assertThat(value).isNull();
            }
        }
    }

    @Test
    void documents_show_what_is_tested() {
        assertThat(Example.ofClassComment("raft-harness/cluster/src/main/java/io/quorumark/raft/RemoteGroup.java"))
                .isEqualTo(Example.testedBy(RemoteGroupTutorialTest.class));
    }
}
