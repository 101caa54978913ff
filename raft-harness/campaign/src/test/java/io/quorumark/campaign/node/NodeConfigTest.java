package io.quorumark.campaign.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.engine.EngineJars;
import io.quorumark.raft.SnapshotPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
