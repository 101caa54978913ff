package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What options ask to be written is looked at before the work, and costs no answer afterwards. */
class OutputFilesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(textBlock = """
            compare absent absent, --html
            gate --base absent --head absent, --html
            gate --base absent --head absent, --markdown
            gate --base absent --head absent, --junit
            gate --base absent --head absent, --openmetrics
            gate --base absent --head absent, --bencher
            gate --base absent --head absent, --csv
            gate --base absent --head absent, --history
            history absent.jsonl, --markdown
            durability --engines memory --kills 1 --power-cuts 0, --out
            drill --engines memory --rounds 1, --out
            """)
    void a_file_in_no_folder_is_refused_before_anything_else(String command, String option) {
        Path file = folder.resolve("nodir/file");
        CommandLineRun run = CommandLineRun.of((command + " " + option + " " + file).split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .hasLineCount(1)
                .contains(option + " is '" + file + "', and there is no folder '" + folder.resolve("nodir") + "'");
    }

    @Test
    void a_folder_is_no_file() {
        CommandLineRun run = CommandLineRun.of("history", "absent.jsonl", "--markdown", folder.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("which is a folder; name a file in it");
    }

    @Test
    void two_options_do_not_write_one_file() {
        Path file = folder.resolve("gate.csv");
        CommandLineRun run = CommandLineRun.of(
                "gate", "--base", "a", "--head", "b", "--csv", file.toString(), "--history", folder + "/./gate.csv");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("--csv and --history both are '" + folder + "/./gate.csv'");
    }

    @Test
    void one_that_cannot_be_written_is_told_by_its_name_and_the_others_are_written() throws IOException {
        StringWriter err = new StringWriter();
        Path good = folder.resolve("good");
        boolean allWritten = new OutputFiles<String>()
                .add("--csv", folder.resolve("bad"), (answer, file) -> {
                    throw new IOException("'" + file + "' cannot be written: No space left on device");
                })
                .add("--junit", good, (answer, file) -> Files.writeString(file, answer))
                .write("x", new PrintWriter(err));
        assertThat(allWritten).isFalse();
        assertThat(good).hasContent("x");
        assertThat(err.toString())
                .isEqualTo("quorumark: --csv: '" + folder.resolve("bad")
                        + "' cannot be written: No space left on device" + System.lineSeparator());
    }
}
