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

    @ParameterizedTest
    @ValueSource(strings = {"::1:7001", "x:5:7001", "127.0.0.1:07001", "127.0.0.1:65535", "a b:7001"})
    void an_id_that_a_group_could_not_store_is_refused_with_its_line(String id) throws IOException {
        Path own = Files.writeString(folder.resolve("own.yaml"), "data: data\nengine: memory\nid: '" + id + "'\n");
        assertThatThrownBy(() -> NodeConfig.read(own))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("own.yaml:3: id: is '" + id + "', expected host:port with a host of letters");
        Path others = Files.writeString(
                folder.resolve("others.yaml"),
                "id: 127.0.0.1:7001\nmembers: [127.0.0.1:7001, '" + id + "']\ndata: data\nengine: memory\n");
        assertThatThrownBy(() -> NodeConfig.read(others))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("others.yaml:2: members: is '" + id + "', expected host:port");
    }

    @Test
    void options_for_an_engine_that_the_member_does_not_use_are_refused() throws IOException {
        String member = "id: 127.0.0.1:7001\ndata: data\nengine: rocksdb\n";
        Path misspelt = Files.writeString(
                folder.resolve("misspelt.yaml"), member + "engineOptions:\n  rocksbd: {compression: lz4}\n");
        assertThatThrownBy(() -> NodeConfig.read(misspelt))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("misspelt.yaml:5: engineOptions.rocksbd: is for no engine of this member,"
                        + " expected one of [rocksdb]");
        Path both = Files.writeString(
                folder.resolve("both.yaml"),
                member + "raft: {state: {engine: lmdb}}\nengineOptions: {rocksdb: {compression: lz4}, lmdb: {}}\n");
        assertThat(NodeConfig.read(both).engineOptions()).containsOnlyKeys("rocksdb", "lmdb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"required", "none"})
    void client_certificates_without_tls_are_refused(String asked) throws IOException {
        String member = "id: 127.0.0.1:7001\ndata: data\nengine: memory\naccess: {clientCertificates: " + asked + "}\n";
        Path plain = Files.writeString(folder.resolve("plain.yaml"), member);
        assertThatThrownBy(() -> NodeConfig.read(plain))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("plain.yaml:4: access.clientCertificates: is '" + asked
                        + "' without tls, expected tls beside it, or nothing here");
        Path encrypted = Files.writeString(
                folder.resolve("encrypted.yaml"), member + "tls: {keystore: k.p12, passwordFile: k.p12.password}\n");
        assertThat(NodeConfig.read(encrypted).access()).isNotNull();
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

    @Test
    void options_that_the_engine_would_not_take_are_told_before_a_member_starts() throws IOException {
        Path file = Files.writeString(
                folder.resolve("n.yaml"),
                "id: 127.0.0.1:7001\ndata: data\nengine: memory\nraft: {log: {engine: lmdb}}\n"
                        + "engineOptions:\n  lmdb: {max_readers: many}\n");
        assertThatThrownBy(() -> NodeConfig.read(file).check(file))
                .isInstanceOf(SpecException.class)
                .hasMessageStartingWith(file + ":6: engineOptions.lmdb: ")
                .hasMessageContaining("max_readers is 'many'");
    }
}
