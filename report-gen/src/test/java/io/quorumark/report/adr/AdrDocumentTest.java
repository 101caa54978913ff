package io.quorumark.report.adr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.decision.Assumptions;
import io.quorumark.results.decision.Decision;
import io.quorumark.results.decision.DecisionRules;
import io.quorumark.results.decision.Evidence;
import io.quorumark.results.decision.Option;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.model.DurabilityFinding.Observed;
import io.quorumark.results.model.LinearizabilityFinding;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdrDocumentTest {
    private static final SampleCampaign SAMPLE =
            SampleCampaign.of(SampleShape.ADR.withSize(10, 3).withSpeed("memory", 0.5));
    private static final Decision PROPOSED = decision(SAMPLE, true);

    @TempDir
    Path folder;

    @Test
    void a_robust_leader_is_proposed_with_its_gates_and_its_sensitivity() {
        String record = AdrDocument.render(PROPOSED);
        assertThat(record)
                .startsWith("---\nstatus: proposed\ndate: 2026-11-20\n")
                .contains("# Use RocksDB under the Raft group for log and state")
                .contains("Label: robust. Proposed option: RocksDB.")
                .contains("| RocksDB | durable | passed | kept POWER_LOSS through 1,000 kills and 400 power cuts")
                .contains("No criterion, workload or block changes the leader when it is left out.");
        assertThat(List.of(
                        "## Context and Problem Statement",
                        "## Gates",
                        "## Decision Drivers",
                        "## Considered Options",
                        "## Decision Outcome",
                        "### Consequences",
                        "### Sensitivity",
                        "### Not tested",
                        "### When to look again",
                        "### Confirmation",
                        "## Pros and Cons of the Options"))
                .isSortedAccordingTo((a, b) -> Integer.compare(record.indexOf(a), record.indexOf(b)))
                .allSatisfy(heading -> assertThat(record).contains("\n" + heading + "\n"));
    }

    @Test
    void without_evidence_nothing_is_proposed_whoever_leads_and_the_commands_that_show_it_stand_there() {
        String record = AdrDocument.render(decision(SAMPLE, false));
        assertThat(record)
                .contains("# Choose the engine under the Raft group")
                .contains("Label: open. No option is proposed")
                .contains("`scripts/quorumark linearizability --engines rocksdb --out linearizability.json`")
                .contains("`scripts/quorumark durability --engines xodus --out durability.json`")
                .doesNotContain("Proposed option")
                .doesNotContain("adr profile");
    }

    @Test
    void good_and_bad_follow_verdicts_and_no_estimate() {
        SampleCampaign alike = SampleCampaign.of(
                SampleShape.ADR.withSize(10, 3).withSpeed("lmdb", 1.37).withSpeed("memory", 0.5));
        // LMDB's estimate differs from RocksDB's by a percent or two: which is larger is an accident
        String record = AdrDocument.render(decision(alike, true));
        assertThat(record.lines()
                        .filter(line -> line.contains("throughput on ycsb-a is") && line.contains("as good as")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .startsWith(
                                line.contains(": better (")
                                        ? "- Good"
                                        : line.contains(": worse (") ? "- Bad" : "- Neutral"));
        assertThat(record.lines()
                        .filter(line -> line.contains("throughput on ycsb-a is") && line.contains(": equivalent (")))
                .isNotEmpty();
    }

    @Test
    void scores_and_values_stay_between_0_and_1() {
        PROPOSED.options().forEach(option -> {
            option.values()
                    .forEach(value -> value.ifPresent(each -> assertThat(each).isBetween(0.0, 1.0)));
            option.rank().ifPresent(rank -> {
                assertThat(rank.score()).isBetween(0.0, 1.0);
                assertThat(rank.high()).isBetween(rank.low(), 1.0);
            });
        });
    }

    @Test
    void what_people_wrote_stays_when_the_record_is_renewed() throws IOException {
        Path file = folder.resolve("adr.md");
        AdrDocument.write(decision(SAMPLE, false), file, false);
        String written = Files.readString(file);
        Files.writeString(
                file,
                written.replace("status: proposed", "status: accepted by the storage group")
                        + "\nWe know this engine.\n");
        AdrDocument.write(PROPOSED, file, false);
        assertThat(file)
                .content()
                .startsWith("---\nstatus: accepted by the storage group\n")
                .endsWith("\nWe know this engine.\n")
                .contains("Proposed option: RocksDB.");
        String fresh = AdrDocument.render(PROPOSED);
        assertThat(file).content().contains(fresh.substring(fresh.indexOf("<!-- begin"), fresh.indexOf("<!-- end")));
    }

    @Test
    void a_record_that_was_edited_inside_its_markers_is_not_replaced_unless_forced_and_then_kept() throws IOException {
        Path file = folder.resolve("adr.md");
        AdrDocument.write(PROPOSED, file, false);
        String edited = Files.readString(file).replace("Proposed option: RocksDB", "Proposed option: LMDB");
        Files.writeString(file, edited);
        assertThatThrownBy(() -> AdrDocument.write(PROPOSED, file, false))
                .isInstanceOf(EditedRecordException.class)
                .hasMessageContaining("adr.md: was edited inside its generated part")
                .hasMessageContaining("--force");
        assertThat(file).hasContent(edited);
        Path copy = AdrDocument.write(PROPOSED, file, true).orElseThrow();
        assertThat(copy).hasContent(edited);
        assertThat(file).content().contains("Proposed option: RocksDB");
    }

    @Test
    void a_record_with_other_line_ends_is_told_what_to_do() throws IOException {
        Path file = folder.resolve("adr.md");
        AdrDocument.write(PROPOSED, file, false);
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
        assertThatThrownBy(() -> AdrDocument.write(PROPOSED, file, false))
                .isInstanceOf(EditedRecordException.class)
                .hasMessageContaining("lines that end with CR and LF");
    }

    @Test
    void a_file_that_is_no_record_is_not_replaced() throws IOException {
        Path file = Files.writeString(folder.resolve("adr.md"), "# Ours\n\nWe use RocksDB.\n");
        assertThatThrownBy(() -> AdrDocument.write(PROPOSED, file, false))
                .isInstanceOf(EditedRecordException.class)
                .hasMessageContaining("expected a record that adr wrote");
        assertThat(file).hasContent("# Ours\n\nWe use RocksDB.\n");
    }

    @Test
    void the_front_matter_gives_back_the_assumptions_and_the_rules() throws IOException {
        Path file = folder.resolve("adr.md");
        AdrDocument.write(PROPOSED, file, false);
        Assumptions read = AdrDocument.assumptions(file);
        assertThat(read).isEqualTo(Assumptions.of(PROPOSED));
        assertThat(read.decisionRules()).isEqualTo(DecisionRules.defaults());
        assertThat(read.outcome()).isEqualTo("RocksDB");
        assertThat(read.settings().get(0).mix()).isEqualTo(Map.of("read", 0.5, "update", 0.5));
    }

    private static Decision decision(SampleCampaign sample, boolean shown) {
        Evidence plain = Evidence.of(List.of(Analysis.of(sample.unsaved())));
        List<DurabilityFinding> durability = new ArrayList<>();
        List<LinearizabilityFinding> histories = new ArrayList<>();
        Instant recorded = Instant.parse("2026-11-01T00:00:00Z");
        for (Option option : shown ? plain.options() : List.<Option>of()) {
            Cell cell = option.cells().get(0).cell();
            for (String level : List.of("PROCESS_CRASH", "POWER_LOSS")) {
                durability.add(new DurabilityFinding(
                        cell.engine(),
                        cell.engineVersion(),
                        level,
                        true,
                        Observed.KEPT,
                        1000,
                        400,
                        1,
                        List.of(),
                        "",
                        20,
                        recorded,
                        "Linux 6.1"));
            }
            histories.add(new LinearizabilityFinding(
                    cell.engine(),
                    cell.engineVersion(),
                    cell.cluster().logEngine(),
                    3,
                    20,
                    40_000,
                    120,
                    List.of(),
                    0,
                    7,
                    recorded,
                    "Linux 6.1"));
        }
        return Decision.of(
                new Evidence(plain.campaigns(), plain.options(), plain.settings(), durability, histories),
                DecisionRules.defaults());
    }
}
