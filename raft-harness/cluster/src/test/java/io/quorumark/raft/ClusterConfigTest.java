package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterConfigTest {
    @TempDir
    Path directory;

    @Test
    void an_engine_that_may_lose_acknowledged_entries_cannot_serve_as_a_log() {
        assertThatThrownBy(() -> ClusterConfig.of(directory, Engines.spec("mapdb"), Engines.spec("mapdb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("engine mapdb cannot serve as a durable log");
    }

    @Test
    void a_port_in_use_is_named() throws IOException {
        ClusterConfig config = ClusterConfig.of(directory, Engines.spec("rocksdb"), Engines.spec("rocksdb"))
                .withTransport(Transport.TCP)
                .withMembers(1);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalCluster.start(config.withPorts(List.of(taken.getLocalPort()))))
                    .isInstanceOf(ClusterException.PortInUse.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void a_folder_keeps_its_group_to_the_same_members_and_transport() {
        ClusterConfig config = ClusterConfig.of(directory, Engines.spec("rocksdb"), Engines.spec("rocksdb"))
                .withElectionTimeout(Duration.ofMillis(300));
        Group.start(config).close();
        assertThatThrownBy(() -> LocalCluster.start(config.withMembers(5)))
                .isInstanceOf(ClusterException.UntrustedStore.class)
                .hasMessageContaining("3 members");
        assertThatThrownBy(() -> LocalCluster.start(config.withTransport(Transport.TCP)))
                .isInstanceOf(ClusterException.UntrustedStore.class);
    }

    @Test
    void a_member_tells_what_its_engines_run_with() {
        ClusterConfig config = ClusterConfig.of(directory, Engines.spec("rocksdb"), Engines.spec("lmdb"))
                .withMembers(1);
        try (Group group = Group.start(config)) {
            group.put("key", "value");
            Member member = group.leader();
            assertThat(member.logUsage().engineId()).isEqualTo("rocksdb");
            assertThat(member.stateUsage().engineId()).isEqualTo("lmdb");
            assertThat(member.logUsage().effectiveOptions()).isNotEmpty();
            assertThat(member.stateUsage().stats().entries()).isNotEmpty();
            assertThat(member.term()).isPositive();
            assertThat(member.logBounds().entryCount()).isGreaterThanOrEqualTo(2);
            group.cluster().stop(0);
            assertThat(member.isRunning()).isFalse();
            assertThat(member.logBounds().entryCount()).isGreaterThanOrEqualTo(2);
            assertThatThrownBy(member::digest)
                    .isInstanceOf(ClusterException.MemberFailed.class)
                    .hasMessageContaining("is stopped");
        }
    }

    @Test
    void a_malformed_command_is_refused_before_it_is_submitted() {
        ClusterConfig config = ClusterConfig.of(directory, Engines.spec("rocksdb"), Engines.spec("rocksdb"))
                .withMembers(1);
        try (Group group = Group.start(config)) {
            assertThatThrownBy(() -> group.submit(new byte[] {9}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("operation 9 at byte 0");
        }
    }
}
