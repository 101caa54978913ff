package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.report.adr.AdrDriver;
import io.quorumark.report.adr.AdrWeights;
import io.quorumark.results.metric.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in a weights file is one line with file, line and key, and exit code 2. */
class WeightsFileTest {
    @TempDir
    Path folder;

    @Test
    void drivers_that_the_file_leaves_out_weigh_nothing() throws IOException {
        AdrWeights weights = WeightsFile.read(file("# ours\nthroughput: 3\ncrash-safety: 0.5\n"));
        assertThat(weights.of(AdrDriver.of(Metric.THROUGHPUT))).isEqualTo(3);
        assertThat(weights.of(AdrDriver.CRASH_SAFETY)).isEqualTo(0.5);
        assertThat(weights.of(AdrDriver.of(Metric.P99))).isZero();
        assertThat(weights.source()).isEqualTo("weights.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "p99: 1|speed: 2; :2: speed; expected one of throughput, p50, p99",
                "p99: 1|cpu: 1|p99: 2; :3: p99; written twice",
                "cpu: -1; :1: cpu; is -1.0, expected a number, 0 or more",
                "p99: 1|cpu: much; :2: cpu; expected a number",
                "cpu: yes; :1: cpu; expected a number",
                "cpu: true; :1: cpu; expected a number",
                "cpu: .inf; :1: cpu; expected a number",
                "p99: 2|cpu: .nan; :2: cpu; expected a number",
                "cpu: '1'; :1: cpu; expected a number",
                "cpu: [1]; :1: cpu; expected a number",
                "cpu:; :1: cpu; has no value",
                "cpu: 0|p99: 0; :1: cpu; is 0, and so is every other weight, expected at least one above 0",
                "[1, 2]; :1; expected a mapping",
                "'# nothing'; :1; is empty",
                "{}; :1; at least one driver",
                "cpu: 1|---|cpu: 2; :3; second document",
                "p99: 1|cpu: [1; :; not YAML",
            })
    void a_mistake_is_one_line_with_its_place(String text, String place, String complaint) throws IOException {
        Path file = file(text.replace("'# nothing'", "# nothing").replace('|', '\n') + "\n");
        refused(file, place, complaint);
    }

    @Test
    void a_missing_file_is_named() {
        refused(folder.resolve("none.yaml"), "none.yaml", "no such file");
        refused(folder, folder.toString(), "cannot be read");
    }

    private void refused(Path file, String place, String complaint) {
        CommandLineRun run = CommandLineRun.of("adr", folder.toString(), "--weights", file.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .hasLineCount(1)
                .startsWith("quorumark: ")
                .contains(file.getFileName().toString())
                .contains(place)
                .contains(complaint)
                .doesNotContain("For input string");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("weights.yaml"), text);
    }
}
