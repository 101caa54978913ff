package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that programs read: one JSON document on standard output, and nothing else. */
class JsonOutputTest {
    private static final SampleShape SHAPE = SampleShape.ADR.withSize(12, 1);

    @TempDir
    Path folder;

    @Test
    void engines_workloads_profiles_and_loads_are_arrays() throws Exception {
        JsonNode engines = json("list", "engines", "--json");
        assertThat(engines).isNotEmpty().allSatisfy(engine -> {
            assertThat(engine.get("id").asText()).isNotBlank();
            assertThat(engine.get("durabilities").isArray()).isTrue();
            assertThat(engine.get("maxValueBytes").asLong()).isPositive();
            assertThat(engine.get("dataOnHeap").asBoolean())
                    .isEqualTo(Engines.onClassPath()
                            .require(engine.get("id").asText())
                            .capabilities()
                            .dataOnHeap());
        });
        assertThat(json("list", "workloads", "--json").findValuesAsText("name")).contains("ycsb-a");
        assertThat(json("list", "profiles", "--json").findValuesAsText("name"))
                .containsExactly("smoke", "quick", "gate", "adr");
        assertThat(json("list", "loads", "--json")).hasSize(6).allSatisfy(load -> {
            assertThat(load.get("name").asText()).isNotBlank();
            assertThat(load.get("description").asText()).endsWith(".");
        });
    }

    @Test
    void a_report_says_what_follows_and_writes_nothing() throws Exception {
        Path campaign = folder.resolve("campaign");
        SampleCampaign.of(SHAPE).writeTo(campaign);
        JsonNode report = json("report", "--json", campaign.toString());
        assertThat(report.get("cells")).hasSize(12);
        assertThat(report.get("comparisons")).hasSize(8);
        assertThat(report.get("exitCode").asInt()).isZero();
        assertThat(campaign.resolve("report.html")).doesNotExist();
    }

    @Test
    void a_gate_says_how_it_ends_and_writes_every_file() throws Exception {
        Path base = folder.resolve("base");
        Path head = folder.resolve("head");
        SampleCampaign.of(SHAPE).writeTo(base);
        SampleCampaign.of(SHAPE.withSpeed("lmdb", 0.7)).writeTo(head);
        CommandLineRun run = CommandLineRun.of(
                "gate",
                "--json",
                "--base",
                base.toString(),
                "--head",
                head.toString(),
                "--html",
                file("gate.html"),
                "--markdown",
                file("gate.md"),
                "--junit",
                file("gate.xml"),
                "--openmetrics",
                file("gate.prom"),
                "--bencher",
                file("bencher.json"),
                "--github",
                file("github.json"),
                "--csv",
                file("gate.csv"));
        assertThat(run.exitCode()).isEqualTo(1);
        JsonNode gate = new ObjectMapper().readTree(run.out());
        assertThat(gate.get("passed").asBoolean()).isFalse();
        assertThat(gate.get("outcome").asText()).isEqualTo("regression");
        assertThat(gate.get("cells"))
                .filteredOn(cell -> cell.get("verdict").asText().equals("worse"))
                .hasSize(2);
        assertThat(folder.resolve("gate.html"))
                .content()
                .contains("<h1>Failed: 2 of 10 cells regressed.")
                .contains("scripts/quorumark gate --base " + base + " --head " + head);
        assertThat(folder)
                .isDirectoryContaining("glob:**/gate.md")
                .isDirectoryContaining("glob:**/gate.xml")
                .isDirectoryContaining("glob:**/gate.prom")
                .isDirectoryContaining("glob:**/bencher.json")
                .isDirectoryContaining("glob:**/github-bigger.json")
                .isDirectoryContaining("glob:**/gate.csv");
    }

    @Test
    void a_comparison_can_be_had_as_a_page() throws Exception {
        Path campaign = folder.resolve("campaign");
        Path other = folder.resolve("other");
        SampleCampaign.of(SHAPE).writeTo(campaign);
        SampleCampaign.of(SHAPE.withSeed(7)).writeTo(other);
        CommandLineRun run = CommandLineRun.of(
                "compare", campaign.toString(), other.toString(), "--strict", "--html", file("comparison.html"));
        assertThat(run.out()).startsWith("## Comparison: ");
        assertThat(folder.resolve("comparison.html"))
                .content()
                .contains("<title>Quorumark: comparison of ")
                .contains("scripts/quorumark compare " + campaign + " " + other + " --strict");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static JsonNode json(String... arguments) throws Exception {
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
