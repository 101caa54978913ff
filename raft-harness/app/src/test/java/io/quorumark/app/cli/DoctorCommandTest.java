package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
