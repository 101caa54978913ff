package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.decision.Criterion;
import io.quorumark.results.decision.DecisionRules;
import io.quorumark.results.decision.FactLimits;
import io.quorumark.results.decision.Maintenance;
import io.quorumark.results.decision.Role;
import io.quorumark.results.decision.ValueFunction.Linear;
import io.quorumark.results.decision.ValueFunction.Relative;
import io.quorumark.results.metric.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        DecisionRules rules = WeightsFile.read(file("# ours\nthroughput: 3\ncpu: 0.5\ndisk: 0\n"))
                .rules();
        assertThat(rules.criteria())
                .containsExactly(
                        new Criterion(Metric.THROUGHPUT, 3, new Relative()),
                        new Criterion(Metric.CPU, 0.5, new Relative()));
        assertThat(rules.role()).isEqualTo(Role.LOG_AND_STATE);
        assertThat(rules.source().name()).isEqualTo("weights.yaml");
        assertThat(rules.source().sha256().orElseThrow()).hasSize(64);
    }

    @Test
    void value_functions_limits_role_and_concentration_are_read() throws IOException {
        DecisionRules rules = WeightsFile.read(file("""
                p99: {weight: 2, worst: 20000, best: 1000}
                limits: {recovery: 10, throughput: 5000, licence: [Apache-2.0, MIT], maintenance: fixes-only}
                role: state
                concentration: 50
                """)).rules();
        assertThat(rules.criteria()).containsExactly(new Criterion(Metric.P99, 2, new Linear(20_000, 1_000)));
        assertThat(rules.limits()).isEqualTo(Map.of(Metric.RECOVERY, 10.0, Metric.THROUGHPUT, 5_000.0));
        assertThat(rules.factLimits())
                .isEqualTo(new FactLimits(List.of("Apache-2.0", "MIT"), Optional.of(Maintenance.FIXES_ONLY)));
        assertThat(rules.role()).isEqualTo(Role.STATE);
        assertThat(rules.concentration()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "p99: 1|speed: 2; :2: speed; expected one of throughput, p50, p99",
                "p99: 1|cpu: 1|p99: 2; :3: p99; written twice",
                "cpu: 1|p99: 010; :2: p99; is 010, expected a number in decimal digits",
                "cpu: 1|p99: {weight: 0x10}; :2: p99.weight; is 0x10, expected a number in decimal digits",
                "cpu: 1|p99: 0b11; :2: p99; is 0b11, expected a number in decimal digits",
                "cpu: 1_0; :1: cpu; is 1_0, expected a number in decimal digits",
                "cpu: 1|limits:|  recovery: 1_0.5; :3: limits.recovery; is 1_0.5, expected a number in decimal digits",
                "cpu: -1; :1: cpu; is -1.0, expected a number, 0 or from 0.000001 to 1000000",
                "cpu: 1e9; :1: cpu; expected a number, 0 or from 0.000001 to 1000000",
                "p99: 1|cpu: {weight: 1e-9}; :2: cpu.weight; expected a number, 0 or from 0.000001 to 1000000",
                "p99: {weight: 1, worst: 1e308, best: -1e308}; :1: p99.best; expected a number below worst",
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
                "crash-safety: 3; :1: crash-safety; is a gate, expected no weight",
                "p99: {weight: 1, worst: 1}; :1: p99; best: is missing, expected a number",
                "p99:|  weight: 1|  worst: 1|  best: 2; :4: p99.best; expected a number below worst",
                "p99: {weight: 1, good: 1}; :1: p99.good; expected weight, worst and best",
                "p99: {worst: 2, best: 1}; :1: p99; weight: is missing",
                "cpu: 1|limits: 3; :2: limits; expected metrics with their limits",
                "cpu: 1|limits:|  speed: 3; :3: limits.speed; expected one of throughput",
                "cpu: 1|limits:|  recovery: 0; :3: limits.recovery; expected a number above 0",
                "cpu: 1|limits:|  licence: MIT; :3: limits.licence; expected a list of SPDX identifiers",
                "cpu: 1|limits:|  licence: []; :3: limits.licence; expected a list of SPDX identifiers",
                "cpu: 1|limits: {licence: [MIT OR Apache-2.0]}; :2: limits.licence; expected a list of SPDX identifiers",
                "cpu: 1|limits:|  maintenance: good; :3: limits.maintenance; expected one of ended, ending, fixes-only, active",
                "cpu: 1|role: both; :2: role; expected one of log-and-state, state",
                "cpu: 1|concentration: -1; :2: concentration; expected a number from 0.01 to 1000000",
                "cpu: 1|p99: 1|concentration: 1e-9; :3: concentration; expected a number from 0.01 to 1000000",
                "cpu: 1|p99: 1|concentration: 1e300; :3: concentration; expected a number from 0.01 to 1000000",
                "data-over-memory: 1; :1: data-over-memory; is no driver",
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
