package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.history.HistoryFile;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WaiversAndHistoryTest {
    private static final SampleShape SHAPE = SampleShape.ADR.withSize(12, 1);

    /** A gate reads its campaigns and writes nothing to them. */
    @TempDir
    static Path campaigns;

    @TempDir
    Path folder;

    private Path waivers;

    @BeforeAll
    static void writeCampaigns() throws IOException {
        SampleCampaign.of(SHAPE).writeTo(campaigns.resolve("base"));
        SampleCampaign.of(SHAPE.withSpeed("lmdb", 0.7)).writeTo(campaigns.resolve("head"));
    }

    @BeforeEach
    void nameWaivers() {
        waivers = folder.resolve("waivers.yaml");
    }

    private CommandLineRun gate(String... more) {
        return CommandLineRun.of(Stream.concat(
                        Stream.of(
                                "gate",
                                "--base",
                                campaigns.resolve("base").toString(),
                                "--head",
                                campaigns.resolve("head").toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void a_waived_regression_is_shown_with_its_reason_and_passes() throws Exception {
        assertThat(gate().exitCode()).isEqualTo(1);
        Files.writeString(
                waivers,
                "waivers:\n  - engine: lmdb\n    workload: '*'\n    reason: a fix for torn pages\n    expires: 9999-12-31\n   "
                        + " approvedBy: the storage group\n");
        Path junit = folder.resolve("gate.xml");
        CommandLineRun run = gate("--waivers", waivers.toString(), "--junit", junit.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("## Passed")
                .contains("worse, waived until 9999-12-31: a fix for torn pages (approved by the storage group)");
        assertThat(junit)
                .content()
                .contains("failures=\"0\"")
                .contains("skipped=\"2\"")
                .contains("a fix for torn pages");
    }

    @Test
    void an_expired_waiver_beside_one_that_holds_fails_again() throws Exception {
        Files.writeString(
                waivers,
                "waivers:\n  - {engine: lmdb, workload: '*', reason: old, expires: 2020-01-01}\n  - {engine: rocksdb, workload: '*',"
                        + " reason: r, expires: 9999-12-31}\n");
        CommandLineRun run = gate("--waivers", waivers.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("expired on 2020-01-01").contains("still a regression: old");
    }

    static Stream<Arguments> badWaivers() {
        return Stream.of(
                Arguments.of(
                        "waivers:\n  - cell: abc\n    reason: r\n    expires: 9999-12-31\n    until: never\n",
                        "waivers.yaml:5",
                        "until"),
                Arguments.of("waivers:\n  - cell: abc\n    expires: 9999-12-31\n", "waivers.yaml", "reason"),
                Arguments.of(
                        "waivers:\n  - cell: abc\n    reason: r\n    expires: soon\n", "waivers.yaml:4", "expires"),
                Arguments.of(
                        "waivers:\n  - engine: lmdb\n    reason: r\n    expires: 9999-12-31\n",
                        "waivers.yaml",
                        "workload"),
                Arguments.of(
                        "waivers:\n  - cell: abc\n    reason: r\n    expires: 2020-01-01\n",
                        "waivers.yaml:4",
                        "expires"),
                Arguments.of("waivers: []\n", "waivers.yaml:1", "waivers"));
    }

    @ParameterizedTest
    @MethodSource("badWaivers")
    void bad_waivers_are_named_with_file_line_and_key(String yaml, String location, String key) throws Exception {
        Files.writeString(waivers, yaml);
        CommandLineRun run = gate("--waivers", waivers.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains(location)
                .contains(key);
    }

    @Test
    @EnabledOnOs(OS.LINUX) // mkfifo
    void waivers_from_a_pipe_are_read_once() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", waivers.toString()).start().waitFor())
                .isZero();
        String yaml = "waivers:\n  - cell: abc\n    reason: r\n    expires: 2020-01-01\n";
        Process writer =
                new ProcessBuilder("sh", "-c", "printf '%s' \"$1\" > \"$2\"", "sh", yaml, waivers.toString()).start();
        CommandLineRun run = gate("--waivers", waivers.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("waivers.yaml:4: waivers[0].expires: is 2020-01-01");
        assertThat(writer.waitFor()).isZero();
    }

    @Test
    void a_gate_leaves_a_line_a_cell_and_a_history_shows_no_change_in_one_point() throws Exception {
        Path file = folder.resolve("history.jsonl");
        assertThat(gate("--history", file.toString()).exitCode()).isEqualTo(1);
        assertThat(gate("--history", file.toString()).exitCode()).isEqualTo(1);
        assertThat(HistoryFile.read(file)).hasSize(10);
        CommandLineRun history = CommandLineRun.of("history", file.toString());
        assertThat(history.exitCode()).isZero();
        assertThat(history.out()).contains("0 change points in 10 entries");
        assertThat(CommandLineRun.of("history", "--alert", file.toString()).out())
                .contains("No lasting change");

        CommandLineRun others = CommandLineRun.of("history", file.toString(), "--metric", "memory, cpu");
        assertThat(others.exitCode()).isZero();
        assertThat(others.out()).isEqualToNormalizingNewlines("""
                        0 change points of processor time per operation in 10 entries
                        0 change points of resident memory in 10 entries
                        """);
        assertThat(CommandLineRun.of("history", file.toString(), "--metric", "cpu,speed"))
                .satisfies(run -> {
                    assertThat(run.exitCode()).isEqualTo(2);
                    assertThat(run.err().lines())
                            .singleElement()
                            .asString()
                            .contains("--metric is 'speed', expected one or more of throughput, p50, ", "restart");
                });

        Files.writeString(file, Files.readString(file).strip());
        assertThat(gate("--history", file.toString())).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.err()).contains("history.jsonl: line 10 ");
        });
    }
}
