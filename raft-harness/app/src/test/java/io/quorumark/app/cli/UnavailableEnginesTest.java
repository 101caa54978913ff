package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation without the native libraries has everything else, and says what is missing where it is asked for it. */
class UnavailableEnginesTest {
    private static final String LIBRARIES = "quorumark.native.dir";
    private static final String BBOLT = "bbolt: not built here: libquorumark_go.so is missing;"
            + " install Go 1.25 or later and run scripts/build --native";
    private static final String REDB = "redb: not built here: libquorumark_rust.so is missing;"
            + " install Rust 1.90 or later and run scripts/build --native";

    @TempDir
    Path withoutLibraries;

    @BeforeEach
    void lookElsewhere() {
        System.setProperty(LIBRARIES, withoutLibraries.toString());
    }

    @AfterEach
    void lookWhereTheyAre() {
        System.clearProperty(LIBRARIES);
    }

    @Test
    void the_list_of_engines_says_what_is_missing_and_what_to_do() {
        CommandLineRun list = CommandLineRun.of("list", "engines");
        assertThat(list.exitCode()).isZero();
        assertThat(list.out()).contains(BBOLT, REDB, "rocksdb");
    }

    @Test
    void a_plan_that_names_one_is_refused_with_the_same_sentence() {
        CommandLineRun run = CommandLineRun.of("run", "--dry-run", "--profile", "smoke", "--engines", "memory,bbolt");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(BBOLT);
    }

    @Test
    void a_plan_whose_library_does_not_load_is_refused_before_anything_runs() throws Exception {
        Files.writeString(withoutLibraries.resolve("libquorumark_rust.so"), "cut short");
        Path out = withoutLibraries.resolve("out");
        CommandLineRun run =
                CommandLineRun.of("run", "--profile", "smoke", "--engines", "memory,redb", "--out", out.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("redb: libquorumark_rust.so is truncated, it ends within its headers; install Rust 1.90");
        assertThat(out).doesNotExist();
    }

    @Test
    void all_engines_are_those_that_are_there() {
        CommandLineRun run = CommandLineRun.of("run", "--dry-run", "--profile", "smoke", "--engines", "all");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("left out: " + BBOLT, "left out: " + REDB);
        assertThat(run.out()).contains("rocksdb", "lmdb").doesNotContain("bbolt", "redb");
    }
}
