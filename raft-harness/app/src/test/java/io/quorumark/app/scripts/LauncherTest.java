package io.quorumark.app.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/quorumark} does before the JVM: a copy of it, with a JVM beside it that prints how it was started. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("../../scripts/quorumark");

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void copy() throws IOException {
        Files.createDirectories(folder.resolve("scripts"));
        Files.copy(SCRIPT, folder.resolve("scripts/quorumark"));
        executable("scripts/quorumark");
        Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/bin/java"), "#!/bin/sh\nenv\necho \"arguments: $*\"\n");
        executable("jdk/bin/java");
        jar = folder.resolve("raft-harness/app/target/quorumark.jar");
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("one"));
            zip.write(new byte[1000]);
        }
    }

    private void executable(String file) throws IOException {
        Files.setPosixFilePermissions(folder.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Ended(int exitCode, String said) {}

    private Ended launch(String... arguments) throws Exception {
        return launchWith("-Xmx3g", arguments);
    }

    private Ended launchWith(String options, String... arguments) throws Exception {
        return launchOn(folder.resolve("jdk").toString(), "-Xint", options, arguments);
    }

    /** On the JVM that runs this test. */
    private Ended launchForReal(String toolOptions, String... arguments) throws Exception {
        return launchOn(System.getProperty("java.home"), toolOptions, "-Xmx64m", arguments);
    }

    private Ended launchOn(String javaHome, String toolOptions, String options, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("scripts/quorumark").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", javaHome);
        builder.environment().put("JAVA_TOOL_OPTIONS", toolOptions);
        builder.environment().put("JDK_JAVA_OPTIONS", options);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    @Test
    void commands_that_measure_get_no_options_of_the_environment_and_can_name_them() throws Exception {
        for (String command : List.of("run", "gate", "drill", "doctor", "durability", "jmh")) {
            Ended ended = launch(command, "--help");
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.said().lines())
                    .as(command)
                    .contains("QUORUMARK_UNUSED_JAVA_TOOL_OPTIONS=-Xint", "QUORUMARK_UNUSED_JDK_JAVA_OPTIONS=-Xmx3g")
                    .noneMatch(line -> line.startsWith("JAVA_TOOL_OPTIONS=") || line.startsWith("JDK_JAVA_OPTIONS="));
            assertThat(ended.said()).endsWith("-jar " + jar + " " + command + " --help\n");
        }
    }

    @Test
    void other_commands_keep_the_options_of_the_environment() throws Exception {
        Ended ended = launch("report", "run");
        assertThat(ended.said().lines())
                .contains("JAVA_TOOL_OPTIONS=-Xint")
                .noneMatch(line -> line.startsWith("QUORUMARK_UNUSED"));
    }

    @Test
    void commands_that_read_what_was_measured_compile_quickly_and_collect_by_the_collector_of_the_environment()
            throws Exception {
        for (String command : List.of("report", "adr", "compare", "history", "index")) {
            assertThat(arguments(launch(command)))
                    .as(command)
                    .contains("-XX:TieredStopAtLevel=1", "-XX:+UseParallelGC")
                    .doesNotContain("");
        }
        assertThat(arguments(launchWith("-XX:+UseSerialGC", "report")))
                .contains("-XX:TieredStopAtLevel=1")
                .doesNotContain("-XX:+UseParallelGC");
        for (String command : List.of("run", "gate", "verify", "list")) {
            assertThat(arguments(launch(command)))
                    .as(command)
                    .doesNotContain("-XX:TieredStopAtLevel=1", "-XX:+UseParallelGC", "");
        }
    }

    @Test
    void a_jvm_that_does_not_start_is_no_verdict() throws Exception {
        Files.writeString(folder.resolve("jdk/bin/java"), "#!/bin/sh\necho 'Too small maximum heap'\nexit 1\n");
        Ended ended = launch("adr", "--check", "adr.md");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.said()).hasLineCount(1).contains("no JVM starts with the options", "Too small maximum heap");
        Ended measuring = launch("gate", "--help");
        assertThat(measuring.exitCode()).isEqualTo(2);
        assertThat(measuring.said())
                .isEqualTo("quorumark: '" + folder.resolve("jdk/bin/java")
                        + "' does not start; correct JAVA_HOME or PATH: Too small maximum heap\n");
        Files.delete(folder.resolve("jdk/bin/java"));
        Ended missing = launch("list");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.said()).hasLineCount(1).contains("there is no '" + folder.resolve("jdk/bin/java") + "'");
    }

    @Test
    void a_real_jvm_that_does_not_start_is_named_with_its_reason() throws Exception {
        Ended size = launchForReal("-Xmx1x", "verify", "one");
        assertThat(size.exitCode()).isEqualTo(2);
        assertThat(size.said())
                .hasLineCount(1)
                .endsWith("JDK_JAVA_OPTIONS and _JAVA_OPTIONS; correct them: Invalid maximum heap size: -Xmx1x\n");
        Ended collectors = launchForReal("-XX:+UseSerialGC -XX:+UseParallelGC", "report", "one");
        assertThat(collectors.exitCode()).isEqualTo(2);
        assertThat(collectors.said())
                .hasLineCount(1)
                .containsPattern("correct them: .*[Mm]ultiple garbage collectors selected");
        Ended warned = launchForReal("-XX:+UseConcMarkSweepGC -Xmx1x", "list");
        assertThat(warned.said()).hasLineCount(1).endsWith("Invalid maximum heap size: -Xmx1x\n");
    }

    @Test
    void an_option_that_the_program_is_started_beside_is_refused_no_earlier() throws Exception {
        for (String command : List.of("report", "adr", "verify", "index", "node", "cluster", "run")) {
            // a JVM has started, and found no program in this jar
            assertThat(launchForReal("-XX:+Foo", command).said())
                    .as(command)
                    .contains("Invalid or corrupt jarfile " + jar);
        }
    }

    @Test
    void a_java_that_is_too_old_is_no_verdict() throws Exception {
        for (String said : List.of(
                "openjdk version \"11.0.27\" 2025-04-15\nOpenJDK Runtime Environment (build 11.0.27+6)",
                "java version \"1.8.0_452\"\nJava(TM) SE Runtime Environment (build 1.8.0_452-b09)",
                "openjdk version \"9\"")) {
            Files.writeString(
                    folder.resolve("jdk/bin/java"),
                    "#!/bin/sh\ncase \"$*\" in\n  *-version) echo 'Picked up JAVA_TOOL_OPTIONS: -Xint' >&2; echo '"
                            + said
                            + "' >&2 ;;\n  *) echo 'java.lang.UnsupportedClassVersionError' >&2; exit 1 ;;\nesac\n");
            for (String command : List.of("gate", "report")) {
                Ended ended = launch(command, "--help");
                assertThat(ended.exitCode()).as(said).isEqualTo(2);
                assertThat(ended.said())
                        .hasLineCount(1)
                        .contains("'" + folder.resolve("jdk/bin/java") + "' is version " + said.split("\"")[1])
                        .contains("17 or newer");
            }
        }
        Files.writeString(folder.resolve("jdk/bin/java"), "#!/bin/sh\necho 'openjdk version \"26-ea\" 2026-03-17'\n");
        assertThat(launch("gate", "--help").exitCode()).isZero();
    }

    private static List<String> arguments(Ended ended) {
        String line = ended.said().substring(ended.said().indexOf("arguments: ") + "arguments: ".length());
        return List.of(line.strip().split(" "));
    }

    @Test
    void a_jar_that_is_torn_anywhere_or_missing_is_named_with_the_remedy() throws Exception {
        byte[] whole = Files.readAllBytes(jar);
        for (int left : new int[] {0, 10, whole.length / 2, whole.length - 22, whole.length - 1}) {
            Files.write(jar, Arrays.copyOf(whole, left));
            Ended ended = launch("list", "engines");
            assertThat(ended.exitCode()).as(left + " bytes left").isEqualTo(2);
            assertThat(ended.said())
                    .isEqualTo("quorumark: " + jar + " is torn, as after an interrupted build; build it again with "
                            + folder.resolve("scripts/build") + "\n");
        }
        Files.delete(jar);
        Ended ended = launch("list", "engines");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.said()).startsWith("quorumark: " + jar + " is missing; build it with ");
    }
}
