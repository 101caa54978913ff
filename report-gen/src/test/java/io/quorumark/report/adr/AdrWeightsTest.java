package io.quorumark.report.adr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdrWeightsTest {

    @TempDir
    Path folder;

    @Test
    void drivers_that_the_file_leaves_out_weigh_nothing() throws IOException {
        AdrWeights weights = AdrWeights.read(file("# ours\nthroughput: 3\ncrash-safety: 0.5\n"));
        assertThat(weights.of(AdrDriver.THROUGHPUT)).isEqualTo(3);
        assertThat(weights.of(AdrDriver.CRASH_SAFETY)).isEqualTo(0.5);
        assertThat(weights.of(AdrDriver.P99)).isZero();
        assertThat(weights.source()).isEqualTo("weights.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "p99: 1|speed: 2; weights.yaml:2: unknown driver 'speed', expected one of [throughput, p99, cpu, disk, writes, crash-safety]",
                "p99: 1|cpu: 1|p99: 2; weights.yaml:3: driver 'p99' appears twice, keep one",
                "cpu: -1; weights.yaml:1: driver 'cpu' has weight -1, expected 0 or more",
                "cpu: much; weights.yaml:1: driver 'cpu' has weight 'much', expected a number",
                "cpu: .inf; weights.yaml:1: driver 'cpu' has weight '.inf', expected a number",
                "cpu: 0|p99: 0; weights.yaml:1: the weights sum to 0, expected at least one above 0",
                "[1, 2]; weights.yaml:1: expected a map of driver to weight, such as 'throughput: 3'",
                "cpu: 1|---|cpu: 2; weights.yaml:3: expected one document, found a second",
            })
    void a_bad_line_is_named(String text, String message) throws IOException {
        Path file = file(text.replace('|', '\n') + "\n");
        assertThatThrownBy(() -> AdrWeights.read(file))
                .isInstanceOf(InvalidWeightsException.class)
                .hasMessage(message);
    }

    @Test
    void broken_yaml_is_one_line_with_its_place() throws IOException {
        Path file = file("p99: 1\ncpu: [1\n");
        assertThatThrownBy(() -> AdrWeights.read(file))
                .isInstanceOf(InvalidWeightsException.class)
                .hasMessageStartingWith("weights.yaml:")
                .hasMessageNotContaining("\n");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("weights.yaml"), text);
    }
}
