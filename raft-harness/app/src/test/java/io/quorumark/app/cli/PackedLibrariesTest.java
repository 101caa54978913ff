package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.app.Quorumark;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.support.ChildJvm;
import io.quorumark.engine.durability.SmallDevice;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Engines in Go and Rust as users have them, in a jar, if the folder where their libraries are unpacked does not let anything run: one line
 * with what to do, before anything is made.
 */
class PackedLibrariesTest {
    private static final int MEBIBYTES = 256;

    @TempDir
    private static Path packed;

    @TempDir
    private Path folder;

    private static String classPath = "";

    /** Folders of the class path that hold native libraries, as jars: a build that packages them has them so already. */
    @BeforeAll
    static void packTheLibraries() throws Exception {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            entries.add(Files.isDirectory(path.resolve("native")) ? jarOf(path).toString() : path.toString());
        }
        classPath = String.join(File.pathSeparator, entries);
    }

    private static Path jarOf(Path classes) throws IOException {
        Path jar = Files.createTempFile(packed, "packed-", ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
                Files.copy(each, zip);
                zip.closeEntry();
            }
        }
        return jar;
    }

    @BeforeEach
    void requireTheLibraries() {
        for (String engine : List.of("badger", "redb")) {
            Optional<String> missing = Engines.onClassPath().require(engine).unavailable();
            assumeTrue(missing.isEmpty(), () -> engine + ": " + missing.orElseThrow());
        }
    }

    private record Ended(int exitCode, String out, String err) {}

    private Ended run(Path temporary, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(ChildJvm.command(List.of(), temporary, Quorumark.class.getName(), List.of(arguments)));
        command.set(command.indexOf("-cp") + 1, classPath);
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        ChildJvm.isolate(builder.environment());
        int exitCode = builder.start().waitFor();
        return new Ended(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    private SmallDevice noexec() throws Exception {
        Optional<SmallDevice> mounted = SmallDevice.mountAt(folder.resolve("noexec"), MEBIBYTES, "noexec");
        assumeTrue(mounted.isPresent(), SmallDevice.NEEDS);
        return mounted.orElseThrow();
    }

    @Test
    void the_list_of_engines_says_which_cannot_be_opened_with_this_temporary_folder() throws Exception {
        try (SmallDevice device = noexec()) {
            Ended list = run(device.path(), "list", "engines");
            assertThat(list.exitCode()).as(list.err()).isZero();
            for (String engine : List.of("badger", "bbolt", "pebble", "redb", "rocksdb", "lmdb")) {
                assertThat(list.out().lines())
                        .filteredOn(line -> line.startsWith(engine + ": "))
                        .singleElement()
                        .asString()
                        .contains(device.path().toString(), "mounted noexec", "-Djava.io.tmpdir", "--data");
            }
            assertThat(list.out()).doesNotContain("memory: ", "xodus: ", "mapdb: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"badger", "redb"})
    void a_plan_whose_data_folder_is_mounted_noexec_is_refused(String engine) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path plan = Files.writeString(
                folder.resolve("plan.yaml"),
                "profile: smoke\nengines: [" + engine + "]\ncluster: {durability: PROCESS_CRASH}\n");
        Path out = folder.resolve("out");
        try (SmallDevice device = noexec()) {
            Ended refused = run(
                    temporary,
                    "run",
                    plan.toString(),
                    "--out",
                    out.toString(),
                    "--data",
                    device.path().toString());
            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
            assertThat(refused.err().strip())
                    .hasLineCount(1)
                    .contains("is mounted noexec", "'" + engine + "'", "--data");
            assertThat(out).doesNotExist();
            assertThat(device.path()).isEmptyDirectory();
        }
    }

    /** Its trials unpack libraries in the data folder. */
    @Test
    void a_plan_runs_whatever_the_temporary_folder_of_its_own_process_is() throws Exception {
        try (SmallDevice device = noexec()) {
            Path out = folder.resolve("out");
            Ended run = run(
                    device.path(),
                    "run",
                    "--profile",
                    "smoke",
                    "--engines",
                    "badger",
                    "--durability",
                    "PROCESS_CRASH",
                    "--out",
                    out.toString(),
                    "--data",
                    folder.resolve("data").toString());
            assertThat(run.err()).doesNotContain("noexec", "does not load");
            assertThat(out.resolve("report.html")).as(run.out() + run.err()).exists();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"badger", "redb"})
    void a_command_that_opens_engines_itself_ends_with_the_same_line(String engine) throws Exception {
        try (SmallDevice device = noexec()) {
            Path out = folder.resolve("drills.json");
            Ended drill = run(device.path(), "drill", "--engines", engine, "--rounds", "1", "--out", out.toString());
            assertThat(drill.exitCode()).as(drill.out() + drill.err()).isEqualTo(2);
            assertThat(drill.err().strip())
                    .hasLineCount(1)
                    .contains(engine, "mounted noexec", "; name another folder with -Djava.io.tmpdir");
            assertThat(out).doesNotExist();
            try (Stream<Path> left = Files.walk(device.path())) {
                assertThat(left.filter(file -> file.getFileName().toString().contains("libquorumark")))
                        .as("libraries that were unpacked and not loaded")
                        .isEmpty();
            }
        }
    }
}
