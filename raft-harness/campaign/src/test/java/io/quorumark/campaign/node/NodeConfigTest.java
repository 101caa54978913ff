package io.quorumark.campaign.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.campaign.engine.EngineJars;
import io.quorumark.raft.SnapshotPolicy;
import io.quorumark.workload.spec.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeConfigTest {
    @TempDir
    Path folder;

    private SnapshotPolicy policyOf(String raft) throws IOException {
        Path file =
                Files.writeString(folder.resolve("n.yaml"), "id: 127.0.0.1:7001\ndata: data\nengine: memory\n" + raft);
        return NodeConfig.read(file).toMember(file).raft().snapshots();
    }

    @Test
    void a_member_keeps_its_state_on_an_engine_from_a_jar_beside_its_configuration() throws IOException {
        EngineJars.example(folder);
        Path file = Files.writeString(
                folder.resolve("n.yaml"),
                "id: 127.0.0.1:7001\ndata: data\nengine: tiny\nenginePath: [tiny.jar]\nraft: {log: {engine: rocksdb}}\n");

        assertThat(NodeConfig.read(file).toMember(file).state().provider().id()).isEqualTo("tiny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7001", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:99999", "127.0.0.1:123456", "a b:1"})
    void an_endpoint_that_is_no_host_and_port_is_refused(String address) throws IOException {
        Path file = Files.writeString(
                folder.resolve("n.yaml"), "id: 127.0.0.1:7001\ndata: data\nengine: memory\nresp: '" + address + "'\n");
        assertThatThrownBy(() -> NodeConfig.read(file))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("n.yaml:4: resp: is '" + address
                        + "', expected host:port with a port from 0 (a free one) to 65535");
    }

    @Test
    void a_member_takes_snapshots_and_cuts_its_log_unless_it_is_told_otherwise() throws IOException {
        assertThat(policyOf("")).isEqualTo(new SnapshotPolicy(200_000, 256L << 20, 1));
        assertThat(policyOf("raft: {electionTimeoutMillis: 500}\n")).isEqualTo(SnapshotPolicy.MEMBER_DEFAULTS);
        assertThat(policyOf("raft: {snapshot: {everyEntries: 1000}}\n"))
                .isEqualTo(new SnapshotPolicy(1000, 256L << 20, 1));
        assertThat(policyOf("raft: {snapshot: {everyEntries: 0, everyBytes: 0}}\n"))
                .isEqualTo(SnapshotPolicy.ON_DEMAND);
    }
}
