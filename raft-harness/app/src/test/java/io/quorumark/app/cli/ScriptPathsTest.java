package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Scripts find what they are given wherever the checkout and the caller are; what they call is played by little programs. */
@EnabledOnOs(OS.LINUX)
class ScriptPathsTest {
    private static final Path SCRIPTS = Path.of("..", "..", "scripts");
    private static final byte[] LEAST_JAR = new byte[22];

    static {
        LEAST_JAR[0] = 'P';
        LEAST_JAR[1] = 'K';
        LEAST_JAR[2] = 5;
        LEAST_JAR[3] = 6;
    }

    @TempDir
    Path folder;

    private Path checkout;
    private Path programs;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = folder.resolve("a checkout");
        programs = Files.createDirectories(folder.resolve("programs"));
        Files.createDirectories(checkout.resolve("scripts"));
        for (String script : List.of("gate-experiment", "is-whole-jar", "outside-engine", "soak-tests")) {
            Files.copy(SCRIPTS.resolve(script), checkout.resolve("scripts").resolve(script));
        }
        Path target = Files.createDirectories(checkout.resolve("raft-harness/app/target"));
        Files.write(target.resolve("quorumark.jar"), LEAST_JAR);
        Path profiles = Files.createDirectories(checkout.resolve("raft-harness/campaign/src/main/resources/profiles"));
        Files.writeString(profiles.resolve("gate.yaml"), "jvm:\n  flags: [-Xmx1g]\n");
    }

    private static void program(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private CommandLineRun run(Path in, Map<String, String> environment, String... command) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("PATH", programs + ":" + System.getenv("PATH"));
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new CommandLineRun(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** A gate that only builds, in a work tree, and with what the command line says alone, as one that is pasted from a page. */
    private void gateThatEndsWith(int code) throws IOException {
        program(
                checkout.resolve("scripts/quorumark"),
                "while [ $# -gt 0 ]; do [ \"$1\" != --build ] || build=$2; shift; done",
                "tree=$(mktemp -d)",
                "cp -r \"$(dirname \"$0\")\" \"$tree/scripts\"",
                "cd \"$tree\"",
                "env -i PATH=\"$PATH\" bash -c \"$build\" && [ -f raft-harness/app/target/quorumark.jar ] || exit 7",
                "exit " + code);
    }

    private CommandLineRun experiment(String out) throws Exception {
        return run(
                folder,
                Map.of(),
                checkout.resolve("scripts/gate-experiment").toString(),
                "--runs",
                "2",
                folder.resolve(out).toString());
    }

    @Test
    void gates_are_counted_in_a_checkout_whose_path_has_a_space() throws Exception {
        gateThatEndsWith(0);
        CommandLineRun run = experiment("judged");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("false alarms: 0 of 2", "misses: 2 of 2");
    }

    @Test
    void an_experiment_in_which_no_gate_came_to_an_answer_has_failed() throws Exception {
        gateThatEndsWith(3);
        CommandLineRun run = experiment("broken");
        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.err()).contains("no gate of the arm 'same' came to an answer");
    }

    @Test
    void soak_tests_takes_paths_as_relative_to_the_caller() throws Exception {
        Path test = Files.createDirectories(checkout.resolve("module/src/test/java"));
        Files.writeString(test.resolve("OneTest.java"), "class OneTest {}\n");
        Path caller = Files.createDirectories(folder.resolve("caller"));
        program(caller.resolve("jdk/bin/javac"), "exit 0");
        program(caller.resolve("jdk/bin/java"), "echo 'openjdk version \"17\"' >&2");
        program(
                programs.resolve("mvn"),
                "[ -x \"$JAVA_HOME/bin/javac\" ] || exit 1",
                "echo 'Tests run: 1, Failures: 0, Errors: 0, Skipped: 0'");
        run(checkout, Map.of(), "git", "init", "-q");
        run(checkout, Map.of(), "git", "add", ".");
        CommandLineRun committed =
                run(checkout, Map.of(), "git", "-c", "user.name=n", "-c", "user.email=e", "commit", "-q", "-m", "all");
        assertThat(committed.exitCode()).as(committed.err()).isZero();

        CommandLineRun run = run(
                caller,
                Map.of(),
                checkout.resolve("scripts/soak-tests").toString(),
                "--runs",
                "1",
                "--jdk",
                "jdk",
                "--logs",
                "logs",
                "OneTest");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(caller.resolve("logs/runs.tsv")).content().contains("OneTest, on openjdk version 17", "1\tpassed");
        assertThat(checkout.resolve("logs")).doesNotExist();
    }

    @Test
    void outside_engine_passes_options_to_every_maven() throws Exception {
        Path asked = folder.resolve("asked");
        program(programs.resolve("mvn"), "echo \"$@\" >> \"$ASKED\"", "exit 1");
        run(
                folder,
                Map.of("ASKED", asked.toString()),
                checkout.resolve("scripts/outside-engine").toString(),
                "work",
                "-o");
        assertThat(asked).content().startsWith("-q -B help:evaluate ").endsWith(" -o\n");
    }
}
