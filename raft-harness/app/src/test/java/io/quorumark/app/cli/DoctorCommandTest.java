package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.campaign.engine.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    Path folder;

    @Test
    void every_engine_is_opened_and_every_limit_is_told() {
        CommandLineRun run = CommandLineRun.of("doctor", "--data", folder.toString());
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .containsPattern("engine +rocksdb +ok")
                .containsPattern("engine +lmdb +ok")
                .containsPattern(
                        "group commit +[\\d,]+ writes a second at POWER_LOSS at most: three members, 256 outstanding")
                .containsPattern("sync +4 KiB appended");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        CommandLineRun run = CommandLineRun.of("doctor", "--data", "no/such/folder");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--data is 'no/such/folder'");
    }

    @Test
    void a_native_option_out_of_range_is_refused_before_anything_runs() throws Exception {
        assumeTrue(
                Engines.onClassPath().retainingData().stream()
                        .anyMatch(engine -> engine.id().equals("badger")),
                "badger was not built here, and is refused for that");
        Path plan = Files.writeString(
                folder.resolve("plan.yaml"),
                "profile: smoke\nengines: [badger]\nengineOptions:\n  badger: { gc_threshold: 2 }\n");
        Path results = folder.resolve("results");
        for (CommandLineRun run : List.of(
                CommandLineRun.of("doctor", "plan", plan.toString()),
                CommandLineRun.of("run", plan.toString(), "--out", results.toString()))) {
            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
            assertThat(run.err().strip()).contains("gc_threshold is '2'").hasLineCount(1);
        }
        assertThat(results).doesNotExist();
    }
}
