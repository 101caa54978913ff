package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.ExitCode;
import io.quorumark.results.durability.DurabilityEvidence;
import io.quorumark.results.model.DurabilityFinding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills of a small engine, as evidence in a file that an interrupted run goes on from. */
class DurabilityCommandTest {
    @TempDir
    Path folder;

    @Test
    void an_interrupted_run_goes_on_from_what_its_file_holds() throws Exception {
        Path file = folder.resolve("durability.json");
        CommandLineRun whole = durability("--engines", "memory", "--out", file.toString());
        assertThat(whole.exitCode()).as(whole.err()).isZero();
        DurabilityEvidence all = DurabilityEvidence.read(file);
        assertThat(all.findings())
                .extracting(DurabilityFinding::level)
                .containsExactly("NONE", "PROCESS_CRASH", "POWER_LOSS");
        assertThat(all.command()).contains("durability --engines memory --kills 1 --power-cuts 0 --seed 20");

        // as if it had ended after PROCESS_CRASH, beside what another run had found of another engine
        DurabilityFinding ofAnother = renamed(all.findings().get(1));
        DurabilityEvidence first = new DurabilityEvidence(
                DurabilityEvidence.FORMAT_VERSION,
                all.command(),
                List.of(all.findings().get(0), all.findings().get(1), ofAnother));
        first.write(file);
        CommandLineRun rest = durability("--engines", "memory", "--out", file.toString(), "--resume");
        assertThat(rest.exitCode()).as(rest.err()).isZero();
        DurabilityEvidence found = DurabilityEvidence.read(file);
        assertThat(found.findings()).hasSize(4).containsAll(first.findings());
        assertThat(found.command()).contains("--engines another,memory ");

        String before = Files.readString(file);
        assertThat(durability("--engines", "memory", "--out", file.toString(), "--resume")
                        .exitCode())
                .isZero();
        assertThat(Files.readString(file)).as("nothing was left to find").isEqualTo(before);
    }

    @Test
    void resuming_without_a_file_or_from_a_damaged_one_is_one_line() throws Exception {
        CommandLineRun without = durability("--engines", "memory", "--resume");
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err()).hasLineCount(1).contains("--resume is given without --out");

        Path damaged = Files.writeString(folder.resolve("damaged.json"), "{\"formatVersion\": 1, \"findings\": [");
        CommandLineRun from = durability("--engines", "memory", "--out", damaged.toString(), "--resume");
        assertThat(from.exitCode()).isEqualTo(ExitCode.INCORRECT.code());
        assertThat(from.err()).hasLineCount(1).contains("damaged.json");
        assertThat(Files.readString(damaged)).as("left as it was").endsWith("[");
    }

    private static DurabilityFinding renamed(DurabilityFinding finding) {
        return new DurabilityFinding(
                "another",
                finding.engineVersion(),
                finding.level(),
                finding.promised(),
                finding.observed(),
                finding.kills(),
                finding.powerCuts(),
                finding.syncsPerCommit(),
                finding.problems(),
                finding.note(),
                finding.seed(),
                finding.recordedAt(),
                finding.kernel());
    }

    private static CommandLineRun durability(String... options) {
        List<String> words = new ArrayList<>(List.of("durability", "--kills", "1", "--power-cuts", "0"));
        words.addAll(Arrays.asList(options));
        return CommandLineRun.of(words.toArray(String[]::new));
    }
}
