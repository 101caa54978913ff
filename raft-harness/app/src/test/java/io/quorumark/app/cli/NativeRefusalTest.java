package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.app.Quorumark;
import io.quorumark.campaign.support.ChildJvm;
import io.quorumark.engine.durability.SmallDevice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands against a native library is one line and exit code 2, before anything is made or measured. */
class NativeRefusalTest {
    private static final String LIBRARIES = "quorumark.native.dir";
    private static final String GO_LIBRARY = "libquorumark_go.so";

    @TempDir
    Path folder;

    @AfterEach
    void forgetTheFolder() {
        System.clearProperty(LIBRARIES);
    }

    private List<String> smallCampaign(String engines) {
        return new ArrayList<>(List.of(
                "run",
                "--profile",
                "smoke",
                "--engines",
                engines,
                "--durability",
                "PROCESS_CRASH",
                "--out",
                folder.resolve("out").toString()));
    }

    private void assertRefused(int exitCode, String said, String... reasons) {
        assertThat(exitCode).as(said).isEqualTo(2);
        assertThat(said.strip()).hasLineCount(1).contains(reasons);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void a_truncated_library_is_listed_and_refused() throws Exception {
        Path libraries = Files.createDirectory(folder.resolve("libraries"));
        Files.write(libraries.resolve(GO_LIBRARY), new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        System.setProperty(LIBRARIES, libraries.toString());

        CommandLineRun list = CommandLineRun.of("list", "engines");
        assertThat(list.exitCode()).isZero();
        assertThat(list.out()).contains("bbolt: " + GO_LIBRARY + " is truncated");

        CommandLineRun run = CommandLineRun.of(smallCampaign("bbolt").toArray(String[]::new));
        assertRefused(run.exitCode(), run.err(), "bbolt: ", GO_LIBRARY, "is truncated", "scripts/build --native");
    }

    @Test
    void a_go_collector_that_the_environment_turns_off_is_refused() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        ProcessBuilder builder = new ProcessBuilder(
                        ChildJvm.command(List.of(), temporary, Quorumark.class.getName(), smallCampaign("badger")))
                .redirectErrorStream(true);
        ChildJvm.isolate(builder.environment());
        builder.environment().put("GOGC", "off");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertRefused(process.waitFor(), said, "badger: the environment sets GOGC=off", "unset it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocksdb", "lmdb"})
    void a_data_folder_that_is_mounted_noexec_is_refused(String engine) throws Exception {
        Optional<SmallDevice> mounted = SmallDevice.mountAt(folder.resolve("noexec"), 64, "noexec");
        assumeTrue(mounted.isPresent(), SmallDevice.NEEDS);
        try (SmallDevice device = mounted.get()) {
            List<String> command = smallCampaign(engine);
            command.addAll(List.of("--data", device.path().toString()));
            CommandLineRun run = CommandLineRun.of(command.toArray(String[]::new));
            assertRefused(run.exitCode(), run.err(), "is mounted noexec", "'" + engine + "'", "--data");

            CommandLineRun evidence = CommandLineRun.of(
                    "durability",
                    "--engines",
                    engine,
                    "--kills",
                    "1",
                    "--power-cuts",
                    "0",
                    "--data",
                    device.path().toString());
            assertRefused(evidence.exitCode(), evidence.err(), "is mounted noexec", "'" + engine + "'");
        }
    }
}
