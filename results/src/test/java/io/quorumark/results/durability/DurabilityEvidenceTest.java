package io.quorumark.results.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.model.DurabilityFinding.Observed;
import io.quorumark.results.store.ResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityEvidenceTest {
    @TempDir
    Path folder;

    private static DurabilityFinding finding(String engine, String level, Observed observed, String... problems) {
        return new DurabilityFinding(
                engine,
                "1.2",
                level,
                true,
                observed,
                20,
                100,
                1.02,
                List.of(problems),
                "",
                7,
                Instant.parse("2026-11-21T03:00:00Z"),
                "Linux 6.1");
    }

    @Test
    void what_was_written_is_read_back_in_the_order_of_engines_and_levels() throws IOException {
        Path file = folder.resolve("durability.json");
        DurabilityEvidence evidence = new DurabilityEvidence(
                1,
                "quorumark durability",
                List.of(
                        finding("toy", "POWER_LOSS", Observed.LOST, "batch 7 is not there"),
                        finding("toy", "PROCESS_CRASH", Observed.KEPT),
                        finding("abacus", "POWER_LOSS", Observed.KEPT)));
        evidence.write(file);
        assertThat(DurabilityEvidence.read(file)).isEqualTo(evidence);
        assertThat(evidence.findings().stream().map(f -> f.engine() + " " + f.level()))
                .containsExactly("abacus POWER_LOSS", "toy PROCESS_CRASH", "toy POWER_LOSS");
        assertThat(evidence.findings().get(2).isBroken()).isTrue();
        assertThat(evidence.of("toy", "1.2")).hasSize(2);
        assertThat(evidence.of("toy", "1.3")).isEmpty();
    }

    @Test
    void another_version_and_a_cut_file_are_refused() throws IOException {
        Path file = folder.resolve("durability.json");
        new DurabilityEvidence(2, "quorumark durability", List.of()).write(file);
        assertThatThrownBy(() -> DurabilityEvidence.read(file))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("version 2, expected 1");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() / 2));
        assertThatThrownBy(() -> DurabilityEvidence.read(file)).isInstanceOf(ResultsException.class);
    }

    @Test
    void a_finding_that_contradicts_itself_is_refused() {
        assertThatThrownBy(() -> finding("toy", "NONE", Observed.LOST)).hasMessageContaining("0 problems");
        assertThatThrownBy(() -> finding("toy", "NONE", Observed.KEPT, "lost one"))
                .hasMessageContaining("1 problems");
    }
}
