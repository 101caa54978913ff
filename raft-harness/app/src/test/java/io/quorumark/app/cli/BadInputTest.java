package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Every bad input ends with exit code 2 and one line that names the thing, and leaves nothing behind. */
class BadInputTest {
    @TempDir
    Path folder;

    static Stream<Arguments> badOptions() {
        return Stream.of(
                Arguments.of("--engines rocksbd", "unknown engine 'rocksbd'"),
                Arguments.of("--engines rocksdb,rocksdb", "not 'rocksdb' twice"),
                Arguments.of("--workloads ycsb-z", "ycsb-z"),
                Arguments.of("--profile fast", "unknown profile 'fast'"),
                Arguments.of("--records -5", "records: is -5"),
                Arguments.of("--clients 0", "clients: is 0"),
                Arguments.of("--clients many", "many"),
                Arguments.of("--durability SAFE", "durability: is 'SAFE'"),
                Arguments.of("--engines xodus --durability NONE", "'xodus' has no durability NONE"),
                Arguments.of("--no-such-option", "--no-such-option"));
    }

    @ParameterizedTest
    @MethodSource("badOptions")
    void a_bad_option_is_named(String options, String complaint) {
        Path out = folder.resolve("out");
        CommandLineRun run = CommandLineRun.of(("run --out " + out + " " + options).split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines().findFirst().orElse(""))
                .startsWith("quorumark: ")
                .contains(complaint);
        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(out).doesNotExist();
    }

    static Stream<Arguments> badPlans() {
        return Stream.of(
                Arguments.of("engines: [rocksdb]\ncolour: blue\n", "plan.yaml:2", "colour"),
                Arguments.of("engines: [rocksdb]\nengines: [lmdb]\n", "plan.yaml:2", "engines"),
                Arguments.of("records: -1\n", "plan.yaml:1", "records"),
                Arguments.of("cluster:\n  members: 4\n", "plan.yaml:2", "members"),
                Arguments.of("load:\n  clients: lots\n", "plan.yaml:2", "clients"),
                Arguments.of("load: {kind: open}\n", "plan.yaml", "rateOpsPerSecond"),
                Arguments.of("load:\n  arrivals: {kind: now and then}\n", "plan.yaml:2", "kind"),
                Arguments.of(
                        "load:\n  arrivals: {kind: poisson}\n",
                        "plan.yaml:2",
                        "load.arrivals is there, expected no such key"),
                Arguments.of(
                        "load: {kind: open, rateOpsPerSecond: 9, arrivals: {kind: bursts, periodSeconds: 0, duty:"
                                + " 1}}\n",
                        "plan.yaml",
                        "periodSeconds"),
                Arguments.of("workloads: [ycsb-a, \"w\\0.yaml\"]\n", "plan.yaml:1: workloads[1]: ", "NUL"),
                Arguments.of("seed: 1\nenginePath: [\"e\\x00.jar\"]\n", "plan.yaml:2: enginePath[0]: ", "NUL"),
                Arguments.of(
                        "cluster:\n  members: [127.0.0.1:1]\n  passwordFile: \"p\\u0000\"\n",
                        "plan.yaml:3: cluster.passwordFile: ",
                        "NUL"),
                Arguments.of(
                        "cluster:\n  tls: {keystore: \"k\\0.p12\", passwordFile: p}\n",
                        "plan.yaml:2: cluster.tls.keystore: ",
                        "NUL"),
                Arguments.of(
                        "engineOptions:\n  memory: {encryption_key_file: \"k\\0\"}\n",
                        "plan.yaml:2: engineOptions.memory.encryption_key_file: ",
                        "NUL"),
                Arguments.of(
                        "seed: 1\nengineOptions:\n  rocksdb: {foo: 1}\n",
                        "plan.yaml:3: engineOptions.rocksdb: ",
                        "unknown options [foo], expected some of [block_bytes"),
                Arguments.of(
                        "engines: [lmdb, rocksdb]\nreference: lmdb\nengineOptions: {lmdb: {max_readers: many}}\n",
                        "plan.yaml:3: engineOptions.lmdb: ",
                        "is 'many', expected"),
                Arguments.of(
                        "engines: [mvstore, rocksdb]\nreference: mvstore\nengineOptions: {mvstore: {foo: 1}}\n",
                        "plan.yaml:3: engineOptions.mvstore: ",
                        "unknown options [foo]"),
                Arguments.of(
                        "engines: [xodus, rocksdb]\nreference: xodus\nengineOptions: {xodus: {foo: 1}}\n",
                        "plan.yaml:3: engineOptions.xodus: ",
                        "unknown options [foo]"),
                Arguments.of(
                        "load:\n  kind: open\n  rateOpsPerSecond: 1e-300\n",
                        "plan.yaml:3: load.rateOpsPerSecond: is 1.0E-300",
                        "expected 0 or a number from 0.01 to 100000000"),
                Arguments.of(
                        "load: {kind: open, rateOpsPerSecond: 5e8}\n",
                        "plan.yaml:1: load.rateOpsPerSecond: is 5.0E8",
                        "expected 0 or a number from 0.01 to 100000000"),
                Arguments.of(
                        "load:\n  paced: {rateOpsPerSecond: 0.001}\n",
                        "plan.yaml:2: load.paced.rateOpsPerSecond: is 0.001",
                        "expected 0 or a number from 0.01 to 100000000"),
                Arguments.of(
                        "engines: [null, memory]\n",
                        "plan.yaml:1: engines[0]: has no value",
                        "if a name is meant, quote it: 'null'"),
                Arguments.of("load: {steadySeconds: 2}\n", "plan.yaml", "steadySeconds"),
                Arguments.of("load: {steadySeconds: 30, warmUpSeconds: 5}\n", "plan.yaml", "steadySeconds"),
                Arguments.of("trials: {blocks: 5, maxBlocks: 4}\n", "plan.yaml", "maxBlocks"),
                Arguments.of("load: {kind: sweep}\n", "plan.yaml", "load.sweep is missing"),
                Arguments.of(
                        "load:\n  kind: sweep\n  sweep: {factor: 2}\n", "plan.yaml", "load.sweep.objective is missing"),
                Arguments.of(
                        "load:\n  sweep: {objective: fast}\n",
                        "plan.yaml:2",
                        "objective: is 'fast', expected a percentile"),
                Arguments.of("load:\n  sweep: {factor: 1}\n", "plan.yaml:2", "factor"),
                Arguments.of("load:\n  sweep: {precision: 0}\n", "plan.yaml:2", "precision"),
                Arguments.of("load:\n  sweep: {maxSteps: 1}\n", "plan.yaml:2", "maxSteps"),
                Arguments.of("load:\n  sweep: {firstRateOpsPerSecond: -1}\n", "plan.yaml:2", "firstRateOpsPerSecond"),
                Arguments.of(
                        "load:\n  kind: sweep\n  sweep: {objective: p99 <= 1 ms, firstRateOpsPerSecond: 0.001}\n",
                        "plan.yaml:3",
                        "load.sweep.firstRateOpsPerSecond"),
                Arguments.of("load:\n  sweep: {maxSeconds: 0}\n", "plan.yaml:2", "maxSeconds"),
                Arguments.of(
                        "load:\n"
                                + "  kind: sweep\n"
                                + "  warmUpSeconds: 20\n"
                                + "  sweep: {objective: p99 <= 1 ms, maxSeconds: 20}\n",
                        "plan.yaml:4",
                        "load.warmUpSeconds"),
                Arguments.of("load: {kind: open, rateOpsPerSecond: 9, pacing: fast}\n", "plan.yaml:1", "pacing"),
                Arguments.of(
                        "load: {sweep: {objective: p99 <= 1 ms}}\n",
                        "plan.yaml:1",
                        "load.sweep is there, expected no such key with load.kind 'closed'"),
                Arguments.of(
                        "load: {kind: sweep, sweep: {objective: p99 <= 1 ms, maxSeconds: 99}}\n",
                        "plan.yaml:1",
                        "trials.timeoutSeconds"),
                Arguments.of(
                        "load: {kind: sweep, measureOperations: 5, sweep: {objective: p99 <= 1 ms}}\n",
                        "plan.yaml",
                        "load.measureOperations"),
                Arguments.of(
                        "load: {measureSeconds: 60}\n",
                        "trials.timeoutSeconds is '60', expected more than the",
                        "s that the warm-up and the windows of a trial take"),
                Arguments.of("load: {speed: 2}\n", "plan.yaml:1", "load.speed is '2.0', expected no such key"),
                Arguments.of("load: {kind: replay, speed: 0}\n", "plan.yaml", "load.speed"),
                Arguments.of("load: {kind: replay}\n", "", "'ycsb-a' has no recorded times"),
                Arguments.of("trials: {slowdownArm: 1}\n", "plan.yaml:1", "slowdownArm"),
                Arguments.of(
                        "load: {kind: open, rateOpsPerSecond: 9}\ntrials: {slowdownArm: 0.1}\n",
                        "plan.yaml",
                        "trials.slowdownArm"),
                Arguments.of(
                        "trials: {slowdownStopMillis: 50}\n",
                        "plan.yaml:1: trials.slowdownStopMillis is '50.0'",
                        "set trials.slowdownArm above 0"),
                Arguments.of(
                        "load: {measureSeconds: 2}\ntrials: {slowdownArm: 0.01, slowdownStopMillis: 50}\n",
                        "trials.slowdownStopMillis is '50.0', expected at most 20.0",
                        "one falls into each window"),
                Arguments.of("reference: lmdb\nengines: [rocksdb]\n", "plan.yaml:1", "reference"),
                Arguments.of(
                        "seed: 1\nengines: [memory,\n  rocksbd]\n",
                        "plan.yaml:3: engines[1]: unknown engine",
                        "rocksbd"),
                Arguments.of(
                        "raft:\n  log: {engine: rocksbd}\n", "plan.yaml:2: raft.log.engine: unknown engine", "rocksbd"),
                Arguments.of("seed: 1\nprofile: fast\n", "plan.yaml:2: profile: unknown profile", "'fast'"),
                Arguments.of(
                        "engines: [memory]\nreference: memory\ncluster:\n  members: ['127.0.0.1:9']\n"
                                + "  tls: {keystore: nos.p12, passwordFile: nop}\n",
                        "plan.yaml:5: cluster.tls: password file '",
                        "nop' cannot be read"),
                Arguments.of(
                        "engines: [memory]\nreference: memory\ncluster:\n  members: ['127.0.0.1:9']\n  passwordFile: nop\n",
                        "plan.yaml:5: cluster.passwordFile: password file '",
                        "nop' cannot be read"),
                Arguments.of(
                        "workloads:\n- ycsb-a\n- ycsb-z\n", "plan.yaml:3: workloads[1] is 'ycsb-z'", "one of [ycsb-a"),
                Arguments.of("records: 0200\n", "plan.yaml:1: records: is 0200, expected a number in decimal", "0200"),
                Arguments.of("load:\n  clients: .inf\n", "plan.yaml:2: load.clients: is Infinity", "whole number"),
                Arguments.of(
                        "cluster:\n  members: ['127.0.0.1:99999']\n",
                        "plan.yaml:2: cluster.members: is '127.0.0.1:99999', expected different addresses",
                        "each host:port with a port from 1 to 65534"),
                Arguments.of("cluster: {members: 010}\n", "plan.yaml:1: cluster.members: is 010", "decimal digits"),
                Arguments.of("jvm:\n  flags: [-XX:+NoSuchFlag]\n", "plan.yaml:2: jvm.flags[0]", "NoSuchFlag"),
                Arguments.of(
                        "jvm:\n  flags:\n    - -XX:+UseSerialGC\n    - -Xint -Xbatch\n",
                        "plan.yaml:4: jvm.flags[1]",
                        "one flag"),
                Arguments.of(
                        "raft: {snapshot: {everyEntries: -1}}\n",
                        "plan.yaml:1: raft.snapshot.everyEntries: is -1",
                        "expected a number from 0 on"),
                Arguments.of("jvm: {flags: [-Xmx1g]}\n", "plan.yaml:1: jvm.flags[0]", "set jvm.heapMiB instead"),
                Arguments.of("jvm: {flags: [-mx1g]}\n", "plan.yaml:1: jvm.flags[0]", "set jvm.heapMiB instead"),
                Arguments.of("jvm: {flags: [-ms64m]}\n", "plan.yaml:1: jvm.flags[0]", "set jvm.heapMiB instead"),
                Arguments.of("jvm: {flags: [-XX:MaxRAM=1g]}\n", "plan.yaml:1: jvm.flags[0]", "set jvm.heapMiB instead"),
                Arguments.of(
                        "jvm: {flags: [-Xint, -Xcomp]}\n", "plan.yaml:1: jvm.flags[1]", "no other value than '-Xint'"),
                Arguments.of(
                        "jvm: {flags: [-Xss1m, -ss2m]}\n", "plan.yaml:1: jvm.flags[1]", "no other value than '-Xss1m'"),
                Arguments.of(
                        "jvm: {flags: [-Xss1m, -XX:ThreadStackSize=2048]}\n",
                        "plan.yaml:1: jvm.flags[1]",
                        "no other value than '-Xss1m'"),
                Arguments.of(
                        "jvm: {flags: [-XX:+UseSerialGC, -XX:+UseG1GC]}\n", "plan.yaml:1: jvm.flags[1]", "collector"),
                Arguments.of(
                        "jvm: {flags: [-XX:TieredStopAtLevel=1, -XX:TieredStopAtLevel=4]}\n",
                        "plan.yaml:1: jvm.flags[1]",
                        "no other value than '-XX:TieredStopAtLevel=1'"),
                Arguments.of(
                        "jvm: {flags: [-XX:+UseConcMarkSweepGC]}\n", "plan.yaml:1: jvm.flags[0]", "UseConcMarkSweepGC"),
                Arguments.of("jvm: {flags: [-Xinternalversion]}\n", "plan.yaml:1: jvm.flags[0]", "a JVM flag such as"),
                Arguments.of("jvm: {flags: [io.example.Main]}\n", "plan.yaml:1: jvm.flags[0]", "a JVM flag such as"),
                Arguments.of(
                        "jvm: {flags: [-XX:+IgnoreUnrecognizedVMOptions, -XX:+No]}\n",
                        "plan.yaml:1: jvm.flags[0]",
                        "no flag that hides unknown ones"),
                Arguments.of(
                        "jvm:\n  flags: [-Xint, -Dquorumark.injectedSlowdown=fast]\n",
                        "plan.yaml:2: jvm.flags[1]",
                        "-Dquorumark.injectedSlowdown=fast', expected a number above 0 and below 1, such as 0.1"),
                Arguments.of(
                        "jvm: {flags: [-Dquorumark.injectedSlowdown]}\n", "plan.yaml:1: jvm.flags[0]", "such as 0.1"));
    }

    @ParameterizedTest
    @MethodSource("badPlans")
    void a_bad_plan_is_named_with_file_line_and_key(String yaml, String location, String key) throws Exception {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), yaml);
        Path out = folder.resolve("out");
        for (String[] command : new String[][] {
            {"run", plan.toString(), "--out", out.toString()},
            {"run", "--dry-run", plan.toString()},
            {"doctor", "plan", plan.toString()}
        }) {
            CommandLineRun run = CommandLineRun.of(command);
            assertThat(run.exitCode()).as("%s: %s", List.of(command), run.err()).isEqualTo(2);
            assertThat(run.err()).contains(location).contains(key).doesNotContain("\tat ");
            assertThat(run.err().lines()).hasSize(1);
            assertThat(out).doesNotExist();
        }
    }

    /** Of each pair a JVM takes the last, and says nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmn64m, -XX:NewSize=32m",
                "-XX:MaxNewSize=32m, -Xmn64m",
                "-Xmn64m, -Xmn32m",
                "-Xmn64m, -XX:NewRatio=3",
                "-XX:NewRatio=3, -XX:NewSize=32m",
                "-XX:ReservedCodeCacheSize=64m, -Xmaxjitcodesize32m",
                "-Xnoclassgc, -XX:+ClassUnloading",
                "-Xbatch, -XX:+BackgroundCompilation",
                "-Xrs, -XX:-ReduceSignalUsage",
                "-Xshare:off, -Xshare:auto",
                "-Xcomp, -XX:+UseInterpreter",
                "-XX:+UseSerialGC, -XX:-UseSerialGC"
            })
    void two_spellings_of_one_setting_are_refused(String flags) throws Exception {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), "profile: smoke\njvm: {flags: [" + flags + "]}\n");
        assertOneLine(
                CommandLineRun.of("run", "--dry-run", plan.toString()),
                "plan.yaml:2: jvm.flags[1] is '" + flags.split(", ")[1] + "', expected no other value than '"
                        + flags.split(", ")[0] + "' before it; keep one of the two");
    }

    @Test
    void flags_that_a_jvm_adds_up_may_stand_several_times() throws Exception {
        Path plan = Files.writeString(
                folder.resolve("plan.yaml"),
                "profile: smoke\njvm: {flags: ['-XX:CompileCommand=quiet', '-XX:CompileCommand=exclude,a.B::c',"
                        + " '-XX:NewSize=32m', '-XX:MaxNewSize=64m']}\n");
        CommandLineRun run = CommandLineRun.of("run", "--dry-run", plan.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void a_rate_that_no_open_loop_can_have_is_refused_on_the_command_line_too() {
        CommandLineRun run = CommandLineRun.of("run", "--dry-run", "--rate", "0.001");
        assertOneLine(run, "rateOpsPerSecond: is 0.001, expected 0 or a number from 0.01 to 100000000");
    }

    @Test
    void a_nul_in_a_file_that_a_plan_or_an_option_names_is_told_there() throws Exception {
        Path workload = Files.writeString(folder.resolve("mine.yaml"), """
            name: mine
            description: A workload.
            model: ycsb
            records: 1000
            operations: {read: 0.5, update: 0.5}
            keys: {distribution: uniform}
            values: {file: "sizes\\0.csv", compressionRatio: 0.5}
            """);
        Path plan = Files.writeString(folder.resolve("plan.yaml"), "profile: smoke\nworkloads: [./mine.yaml]\n");
        Path weights = Files.writeString(folder.resolve("weights.yaml"), "weights:\n  \"p99\\0\": 1\n");
        String problem = "holds a NUL character";
        assertOneLine(CommandLineRun.of("run", "--dry-run", plan.toString()), workload + ":7: values.file: " + problem);
        assertOneLine(
                CommandLineRun.of("adr", folder.toString(), "--weights", weights.toString()),
                weights + ":2: weights.p99\\0: " + problem);
    }

    private static void assertOneLine(CommandLineRun run, String complaint) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains(complaint);
    }

    @Test
    void a_folder_is_no_plan_and_an_argument_with_an_at_sign_is_a_name() {
        for (String notAPlan : List.of("/", folder.toString())) {
            assertOneLine(
                    CommandLineRun.of("run", notAPlan, "--dry-run"), notAPlan + ": cannot be read: it is a folder");
        }
        assertOneLine(CommandLineRun.of("report", "@" + folder), "@" + folder);
    }

    @Test
    void a_file_is_no_data_folder_not_even_for_a_dry_run_or_the_doctor() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (String data : List.of(file.toString(), file + "/data")) {
            assertOneLine(
                    CommandLineRun.of("run", "--dry-run", "--profile", "smoke", "--data", data),
                    "'" + file + "' is no folder");
            assertOneLine(
                    CommandLineRun.of("doctor", "plan", "--profile", "smoke", "--data", data),
                    "'" + file + "' is no folder");
        }
    }

    @Test
    void a_file_is_no_folder_of_a_group_or_a_member() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path config = folder.resolve("n.yaml");
        for (String data : List.of(file.toString(), file + "/data")) {
            assertOneLine(
                    CommandLineRun.of("cluster", "start", "--engine", "memory", "--data", data),
                    "data folder '" + data + "' cannot be made: '" + file + "' is no folder");
            assertThat(CommandLineRun.of("cluster", "status", "--data", data).exitCode())
                    .isEqualTo(2);
            Files.writeString(config, "id: 127.0.0.1:7001\ndata: " + data + "\nengine: memory\n");
            assertOneLine(
                    CommandLineRun.of("node", "--config", config.toString()),
                    config + ": data folder '" + data + "' cannot be made: '" + file + "' is no folder");
        }
    }

    @Test
    void engine_options_of_a_member_that_its_engine_would_not_take_are_refused_with_their_line() throws Exception {
        Path config = folder.resolve("n.yaml");
        for (String raft : List.of("", "raft: {state: {engine: memory}}\n")) {
            Files.writeString(
                    config,
                    "id: 127.0.0.1:7001\ndata: data\nengine: lmdb\n" + raft
                            + "engineOptions: {lmdb: {max_readers: many}}\n");
            assertOneLine(
                    CommandLineRun.of("node", "--config", config.toString()),
                    config + ":" + (raft.isEmpty() ? 4 : 5) + ": engineOptions.lmdb: ");
            assertThat(folder.resolve("data")).doesNotExist();
        }
    }

    @Test
    void a_results_folder_that_is_not_empty_is_left_alone() throws Exception {
        Path file = Files.writeString(folder.resolve("precious.txt"), "mine");
        for (String[] command : new String[][] {{"run"}, {"run", "--dry-run"}}) {
            List<String> words = new ArrayList<>(List.of(command));
            words.addAll(List.of("--out", folder.toString()));
            CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("is not empty").contains(folder.toString());
        }
        assertThat(file).hasContent("mine");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    }

    @Test
    void a_results_folder_below_a_file_cannot_be_written() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        String out = file.resolve("out").toString();
        for (CommandLineRun run :
                List.of(CommandLineRun.of("run", "--out", out), CommandLineRun.of("run", "--dry-run", "--out", out))) {
            assertOneLine(run, "results folder '" + out + "' cannot be made: '" + file + "' is no folder");
        }
    }

    @Test
    void a_plan_that_cannot_fit_is_refused_before_anything_is_written() throws IOException {
        assumeTrue(Files.getFileStore(folder).getUsableSpace() < 2_900L << 30, "the largest plan fits this machine");
        Path out = folder.resolve("out");
        String[][] commands = {
            {"run", "--records", "1000000000", "--out", out.toString()},
            {"run", "--dry-run", "--records", "1000000000"},
        };
        for (String[] command : commands) {
            CommandLineRun run = CommandLineRun.of(command);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .contains("the plan does not fit this machine: RocksDB on ycsb-a needs 2,919,")
                    .contains("MiB are free; choose another folder with --data, or fewer records");
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void a_plan_that_cannot_fit_is_found_by_the_doctor() {
        CommandLineRun sick = CommandLineRun.of("doctor", "plan", "--engines", "rocksdb", "--records", "1000000000");
        assertThat(sick.exitCode()).isEqualTo(2);
        assertThat(sick.out()).containsPattern("rocksdb +ycsb-a +97\\d,\\d+ MiB +2,\\d+,\\d+ MiB");
        assertThat(sick.err()).contains("of heap").contains("of disk");
        CommandLineRun well = CommandLineRun.of("doctor", "plan", "--profile", "smoke");
        assertThat(well.exitCode()).as(well.err()).isZero();
        assertThat(well.out()).containsPattern("free +[\\d,]+ MiB +512 MiB +[\\d,]+ MiB");
    }

    @Test
    void a_folder_without_a_campaign_has_no_report() {
        for (String command : new String[] {"report", "adr", "verify"}) {
            CommandLineRun run = CommandLineRun.of(command, folder.toString());
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("campaign.json");
        }
    }

    @Test
    void a_dry_run_of_a_campaign_to_go_on_with_is_refused() {
        CommandLineRun run = CommandLineRun.of("run", "--resume", folder.toString(), "--dry-run");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("--dry-run runs none; leave out one of them");
    }

    @Test
    void a_dry_run_needs_no_data_folder_yet() {
        Path data = folder.resolve("not/there/yet");
        CommandLineRun run = CommandLineRun.of("run", "--profile", "smoke", "--dry-run", "--data", data.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_the_jvm_has_no_room_for_is_no_verdict() {
        for (Error error : List.of(new OutOfMemoryError("Java heap space"), new StackOverflowError())) {
            StringWriter err = new StringWriter();
            CommandLine commandLine = CommandLines.create().addSubcommand("fail", new Failing(error));
            commandLine.setErr(new PrintWriter(err));
            assertThat(CommandLines.execute(commandLine, "fail")).isEqualTo(7);
            assertThat(err.toString())
                    .hasLineCount(1)
                    .startsWith("quorumark: ")
                    .containsAnyOf(
                            "no memory left (Java heap space); give its JVM more",
                            "internal error: java.lang.StackOverflow");
        }
    }

    @Command(name = "fail")
    private record Failing(Error error) implements Runnable {
        @Override
        public void run() {
            throw error;
        }
    }

    @Test
    void a_missing_command_lists_those_there_are() {
        CommandLineRun run = CommandLineRun.of();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("run").contains("report").contains("gate");
    }

    @Test
    void a_stack_trace_is_shown_only_when_asked_for() {
        assertThat(CommandLineRun.of("--verbose", "report", folder.toString()).err())
                .contains("ResultsException");
    }
}
