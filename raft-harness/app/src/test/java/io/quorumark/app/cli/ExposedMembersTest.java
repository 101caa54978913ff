package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.app.Quorumark;
import io.quorumark.campaign.node.GroupProcesses;
import io.quorumark.campaign.node.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members that other hosts could reach without showing who they are do not start. */
class ExposedMembersTest {
    @TempDir
    Path folder;

    private CommandLineRun node(String config) throws IOException {
        Path file = Files.writeString(folder.resolve("n.yaml"), config);
        return CommandLineRun.of("node", "--config", file.toString());
    }

    private static String config(String id, String more) {
        return "id: " + id + "\nmembers: ['" + id + "']\ndata: data\nengine: memory\n" + more.replace('|', '\n');
    }

    private void assertRefused(CommandLineRun run, String complaint) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err().strip().lines()).hasSize(1);
        assertThat(run.err()).startsWith("quorumark: ").contains(complaint);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0.0.0.0:7001; ; id is '0.0.0.0:7001'; add tls",
                "10.0.0.1:7001; ; id is '10.0.0.1:7001'; add tls",
                "no-such-host.invalid:7001; ; id is 'no-such-host.invalid:7001'; add tls",
                "10.0.0.1:7001; access: {passwordFile: p}|; id is '10.0.0.1:7001'; add tls",
                "127.0.0.1:7001; resp: 0.0.0.0:6380|; resp is '0.0.0.0:6380'; add tls, or access: {passwordFile: …}",
                "127.0.0.1:7001; http: '[::]:8080'|; http is '[::]:8080'; add tls, or access: {passwordFile: …}",
                "localhost:7001; http: 10.0.0.1:8080|; http is '10.0.0.1:8080'; add tls, or access",
                "127.0.0.1:7001; http: 10.0.0.1:8080|access: {metricsOpen: true}|; http is '10.0.0.1:8080'; add tls",
                "127.0.0.1:7001; http: 10.0.0.1:8080|tls: {keystore: k, passwordFile: p}|access: {clientCertificates: none}|;"
                        + " http is '10.0.0.1:8080'; remove clientCertificates: none",
            })
    void an_address_beyond_loopback_is_refused_with_what_to_do(String id, String more, String key, String remedy)
            throws Exception {
        CommandLineRun run = node(config(id, more == null ? "" : more));
        assertRefused(run, key);
        assertThat(run.err())
                .contains("which other hosts can reach", remedy, "bind it to 127.0.0.1, or start with --insecure");
    }

    @Test
    void a_password_that_cannot_be_used_is_refused_before_anything_is_made() throws Exception {
        String config = config("127.0.0.1:7001", "http: 127.0.0.1:0|access: {passwordFile: endpoint.password}|");
        assertRefused(node(config), "password file '" + folder.resolve("endpoint.password") + "' cannot be read");
        Path file = Files.writeString(folder.resolve("endpoint.password"), "secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(node(config), "run chmod 600");
        assertRefused(
                node(config("127.0.0.1:7001", "access: {clientCertificates: maybe}|")),
                "clientCertificates: is 'maybe', expected required or none");
    }

    @Test
    void a_keystores_password_that_others_may_read_is_refused_like_the_endpoints() throws Exception {
        Path file = Files.writeString(folder.resolve("k.password"), "secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertRefused(
                node(config("127.0.0.1:7001", "tls: {keystore: k.p12, passwordFile: k.password}|")),
                "tls: password file '" + file + "' may be read or written by others than its owner; run chmod 600");
    }

    @Test
    void a_new_group_with_a_password_file_that_others_may_read_is_not_written() throws Exception {
        Path password = Files.writeString(folder.resolve("endpoint.password"), "secret\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        Path data = folder.resolve("group");
        CommandLineRun refused = CommandLineRun.of(
                "cluster",
                "start",
                "--data",
                data.toString(),
                "--engine",
                "memory",
                "--password-file",
                password.toString());
        assertRefused(refused, "run chmod 600");
        assertThat(data).doesNotExist();
    }

    @Test
    void a_group_that_was_exposed_by_hand_does_not_start() throws Exception {
        Path data = folder.resolve("group");
        Path file = Files.writeString(folder.resolve("n.yaml"), config("127.0.0.1:7001", "http: 0.0.0.0:8080|"));
        new GroupProcesses(Quorumark.class.getName(), data, 64).create(List.of(NodeConfig.read(file)));
        CommandLineRun refused = CommandLineRun.of("cluster", "start", "--data", data.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("quorumark: " + data.resolve("n1.yaml") + ": http is '0.0.0.0:8080'");
        assertThat(data.resolve("n1")).doesNotExist();
    }
}
