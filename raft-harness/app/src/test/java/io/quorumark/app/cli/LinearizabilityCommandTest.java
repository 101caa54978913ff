package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.linearizability.LinearizabilityEvidence;
import io.quorumark.results.model.LinearizabilityFinding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories of a small group under faults, as evidence in a file. */
class LinearizabilityCommandTest {
    @TempDir
    Path folder;

    @Test
    void histories_under_faults_are_checked_and_kept_as_evidence_of_this_version() {
        Path file = folder.resolve("linearizability.json");
        CommandLineRun run = ofOneHistory("--data", folder.toString(), "--out", file.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("memory ").contains("1 history of ").contains("all explained");
        LinearizabilityFinding finding =
                LinearizabilityEvidence.read(file).findings().get(0);
        assertThat(finding.isClean()).isTrue();
        assertThat(finding.logEngine()).isEqualTo("memory");
        assertThat(finding.operations()).isGreaterThan(50);
        assertThat(finding.faults()).isPositive();

        CommandLineRun again = ofOneHistory("--out", file.toString(), "--resume");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.out()).as("the same answer, not found anew").isEqualTo(run.out());
        assertThat(LinearizabilityEvidence.read(file).findings()).containsExactly(finding);
    }

    private static CommandLineRun ofOneHistory(String... options) {
        List<String> words =
                new ArrayList<>(List.of("linearizability", "--engines", "memory", "--runs", "1", "--seconds", "1"));
        words.addAll(Arrays.asList(options));
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    @Test
    void wrong_counts_are_one_line_and_2() {
        CommandLineRun run = CommandLineRun.of("linearizability", "--runs", "0");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("--runs is 0, expected 1 to 10000");
    }
}
