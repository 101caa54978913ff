package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.report.CampaignCsv;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Trial;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real campaign that revision 48cd12f3 ran, of before the catalogue of metrics and the manifest, with the figures and documents that it
 * made: what is read and told of it today is what was told of it then.
 */
class OlderCampaignTest {
    private static final Path KEPT = Path.of("src", "test", "resources", "older-campaign");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temp;

    private CampaignFolder folder = new CampaignFolder(KEPT.resolve("campaign"));

    @BeforeEach
    void a_copy_of_it() throws IOException {
        folder = EndedCampaign.copy(new CampaignFolder(KEPT.resolve("campaign")), temp.resolve("copy"));
    }

    @Test
    void every_trial_is_read_and_counts() {
        StoredCampaign stored = CampaignReader.read(folder.root());
        assertThat(stored.isComplete()).isTrue();
        assertThat(stored.trials()).hasSize(4).allMatch(trial -> trial.outcome() == Trial.Outcome.VALID);
    }

    @Test
    void every_figure_that_was_told_then_is_told_now() throws IOException {
        CommandLineRun run = CommandLineRun.of("report", "--json", folder.root().toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        ObjectNode then =
                (ObjectNode) JSON.readTree(KEPT.resolve("figures.json").toFile());
        then.remove("findings"); // there are more rules now, and their words may change
        List<String> differing = new ArrayList<>();
        differences("", then, JSON.readTree(run.out()), differing);
        assertThat(differing).isEmpty();
        assertThat(then.get("cells")).isNotEmpty();
        assertThat(then.get("comparisons")).isNotEmpty();
    }

    /** Fields may have been added; none may be gone or hold something else. */
    private static void differences(String path, JsonNode then, JsonNode now, List<String> differing) {
        if (now == null) {
            differing.add(path + " is gone");
        } else if (then.isObject()) {
            then.properties()
                    .forEach(field -> differences(
                            path + "/" + field.getKey(), field.getValue(), now.get(field.getKey()), differing));
        } else if (then.isArray()) {
            for (int i = 0; i < then.size(); i++) {
                differences(path + "/" + i, then.get(i), now.get(i), differing);
            }
        } else if (!then.equals(now)) {
            differing.add(path + " was " + then + " and is " + now);
        }
    }

    @Test
    void its_csv_holds_the_throughput_that_was_told_then() throws IOException {
        List<String> lines = CampaignCsv.render(Analysis.of(CampaignReader.read(folder.root())))
                .lines()
                .toList();
        JsonNode then = JSON.readTree(KEPT.resolve("figures.json").toFile());
        for (JsonNode cell : then.get("cells")) {
            String begin = cell.get("cellId").asText() + ",";
            List<String[]> own = lines.stream()
                    .filter(line -> line.startsWith(begin))
                    .map(line -> line.split(",", -1))
                    .toList();
            assertThat(own).extracting(fields -> fields[5]).contains("throughput", "p50", "cpu", "writes", "disk");
            assertThat(own)
                    .filteredOn(fields -> fields[5].equals("throughput"))
                    .singleElement()
                    .satisfies(fields -> assertThat(Double.parseDouble(fields[7]))
                            .isEqualTo(cell.get("throughputOpsPerSecond")
                                    .get("estimate")
                                    .asDouble()));
        }
    }

    @Test
    void verification_finds_no_damage_and_calls_its_documents_those_of_another_version() {
        CommandLineRun run = CommandLineRun.of("verify", folder.root().toString());
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
        assertThat(run.out())
                .contains("NOT_ENDED manifest.json")
                .contains(
                        "OTHER_VERSION report.md: is not what this version gives (quorumark development), and no manifest says which"
                                + " one made it; the campaign was run by quorumark 0.1.0-SNAPSHOT")
                .contains("OTHER_VERSION adr.md: ")
                .doesNotContain("EDITED", "MISSING", "ADDED", "STALE", "RUN_AGAIN");
    }

    @Test
    void documents_that_are_made_anew_pass() throws IOException {
        String root = folder.root().toString();
        assertThat(CommandLineRun.of("report", root).exitCode()).isZero();
        assertThat(Files.readString(folder.reportHtml())).contains("<html");
        Files.delete(folder.adr());
        assertThat(CommandLineRun.of("adr", root).exitCode()).isZero();
        CommandLineRun run = CommandLineRun.of("verify", root);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("1 finding in files and documents").contains("NOT_ENDED manifest.json");
    }

    @Test
    void a_figure_that_was_edited_since_is_damage_as_in_any_campaign() throws IOException {
        Trial first = CampaignReader.read(folder.root()).trials().get(0);
        EndedCampaign.edit(
                folder.trialJson(first.block(), first.cellId()),
                text -> text.replaceFirst("\"operations\" : \\d", "\"operations\" : 9"));
        CommandLineRun run = CommandLineRun.of("verify", folder.root().toString());
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).hasLineCount(1).contains(first.cellId());
    }
}
