package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorumark.report.gate.GateBencher;
import io.quorumark.report.gate.GateCsv;
import io.quorumark.report.gate.GateGithubBenchmark;
import io.quorumark.report.gate.GateJson;
import io.quorumark.report.gate.GateJunitXml;
import io.quorumark.report.gate.GateMarkdown;
import io.quorumark.report.gate.GateOpenMetrics;
import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.gate.Gate;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.gate.SameCell;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.store.StoredCampaign;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the consumers of a gate's files rely on, beyond the golden texts. */
class GateOutputsTest {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-z_0-9]+)\\{([a-z_]+=\"(?:[^\"\\\\]|\\\\.)*\",?)+\\} -?[0-9]+(\\.[0-9]+)?");

    private final GateResult closed = gate(CampaignFixture.analysis(true, CampaignFixture.SUNSET, 0.7));
    private final GateResult mixed =
            gate(CampaignFixture.withOpenLoops(CampaignFixture.analysis(true, CampaignFixture.SUNSET, 0.7)));

    private static GateResult gate(Analysis head) {
        Analysis base = CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1);
        boolean open =
                head.cells().stream().anyMatch(cell -> cell.cell().load().kind().equals("open"));
        return Gate.compare(open ? CampaignFixture.withOpenLoops(base) : base, head, false);
    }

    @Test
    void every_open_metrics_sample_follows_its_family_and_carries_its_unit() {
        List<String> lines = GateOpenMetrics.render(mixed).lines().toList();
        assertThat(lines).endsWith("# EOF").doesNotContain("");
        Map<String, String> units = new HashMap<>();
        Set<String> samples = new HashSet<>();
        List<String> families = new ArrayList<>();
        for (String line : lines.subList(0, lines.size() - 1)) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# TYPE ")) {
                assertThat(families).as("one block a family").doesNotContain(words[2]);
                families.add(words[2]);
            } else if (line.startsWith("# UNIT ")) {
                units.put(words[2], words[3]);
            } else if (!line.startsWith("# HELP ")) {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(sample.group(1)).isEqualTo(families.get(families.size() - 1));
                assertThat(samples.add(line.substring(0, line.lastIndexOf(' '))))
                        .as("twice: %s", line)
                        .isTrue();
            }
        }
        assertThat(families).allMatch(name -> name.startsWith("quorumark_"));
        units.forEach((name, unit) -> assertThat(name).endsWith("_" + unit));
    }

    @Test
    void open_loops_are_shown_by_response_time_with_its_unit() throws Exception {
        assertThat(GateMarkdown.render(mixed))
                .contains("| p99 response time | ")
                .contains(" ms | ");
        assertThat(GateJunitXml.render(mixed))
                .contains("Regression: p99 response time ")
                .contains(" ms in base");
        JsonNode bencher = new ObjectMapper().readTree(GateBencher.render(mixed));
        for (GateCell cell : mixed.cells()) {
            JsonNode deciding = measures(bencher, cell, "");
            assertThat(deciding).hasSize(1);
            boolean open = cell.cell().load().isPaced();
            double estimate = cell.head().estimate();
            assertThat(deciding.get(open ? "latency" : "throughput")
                            .get("value")
                            .asDouble())
                    .as("nanoseconds, or operations per second")
                    .isCloseTo(open ? 1000 * estimate : estimate, Offset.offset(1e-6 * 1000 * estimate));
        }
    }

    /** What Bencher is told of a cell under its own name, or under the one of its other metrics. */
    private static JsonNode measures(JsonNode bencher, GateCell cell, String suffix) {
        String name = cell.cell().engine() + "/" + cell.cell().workload() + "/"
                + SameCell.of(cell.cell()).id() + suffix;
        JsonNode measures = bencher.get(name);
        assertThat(measures).as(name).isNotNull();
        return measures;
    }

    @Test
    void every_judged_metric_of_every_cell_is_in_every_format_and_the_one_that_decides_is_marked() throws Exception {
        List<String> github = new ArrayList<>();
        for (GateGithubBenchmark.Tool tool : GateGithubBenchmark.Tool.values()) {
            new ObjectMapper()
                    .readTree(GateGithubBenchmark.render(mixed, tool))
                    .forEach(entry -> github.add(entry.get("name").asText() + ": "
                            + entry.get("extra").asText()));
        }
        List<String> csv = GateCsv.render(mixed).lines().skip(1).toList();
        List<String> openMetrics = GateOpenMetrics.render(mixed).lines().toList();
        JsonNode bencher = new ObjectMapper().readTree(GateBencher.render(mixed));
        for (GateCell cell : mixed.cells()) {
            assertThat(cell.metrics())
                    .extracting(MetricComparison::metric)
                    .isSorted()
                    .contains(
                            Metric.THROUGHPUT, Metric.P99, Metric.CPU, Metric.DISK, Metric.MEMORY, Metric.SETTLED_RATE)
                    .contains(cell.judgedBy());
            assertThat(measures(bencher, cell, "/others-bencher-ignore"))
                    .hasSize(cell.metrics().size() - 1);
            for (MetricComparison compared : cell.metrics()) {
                String id = compared.metric().id();
                boolean decides = compared.metric() == cell.judgedBy();
                String verdict = compared.verdict().name().toLowerCase(Locale.ROOT);
                assertThat(csv)
                        .filteredOn(
                                line -> line.contains("," + cell.cell().id() + ",") && line.contains("," + id + ","))
                        .singleElement()
                        .asString()
                        .contains("," + verdict + ",")
                        .endsWith("," + decides);
                assertThat(github)
                        .filteredOn(entry -> entry.startsWith(
                                cell.cell().engine() + "/" + cell.cell().workload() + "/"
                                        + SameCell.of(cell.cell()).id() + "/" + id + ": "))
                        .singleElement()
                        .asString()
                        .contains(decides ? "decides the cell" : "decides nothing", "verdict " + verdict);
                String labels = "{cell=\"" + cell.cell().id() + "\",engine=\""
                        + cell.cell().engine() + "\",engine_version=\""
                        + cell.cell().engineVersion() + "\",workload=\""
                        + cell.cell().workload() + "\",metric=\"" + id
                        + "\",decides=\"" + decides + "\"";
                assertThat(openMetrics)
                        .contains("quorumark_verdict" + labels + ",quorumark_verdict=\"" + verdict + "\"} 1")
                        .anyMatch(
                                line -> line.startsWith("quorumark_head_to_base_ratio" + labels + ",bound=\"low\"} "));
            }
        }
        int all = mixed.cells().stream().mapToInt(cell -> cell.metrics().size()).sum();
        assertThat(csv).hasSize(all);
        assertThat(github).hasSize(all);
    }

    @Test
    void rates_and_what_should_be_small_go_to_a_file_of_their_own(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("gate.json");
        for (GateGithubBenchmark.Tool tool : GateGithubBenchmark.Tool.values()) {
            GateGithubBenchmark.write(mixed, tool, tool.fileFor(file));
        }
        assertThat(folder.resolve("gate-bigger.json"))
                .content()
                .contains("\"unit\" : \"ops/s\"")
                .doesNotContain("\"unit\" : \"µs\"", "\"unit\" : \"bytes\"");
        assertThat(folder.resolve("gate-smaller.json"))
                .content()
                .contains("\"unit\" : \"µs\"", "\"unit\" : \"bytes\"")
                .doesNotContain("\"unit\" : \"ops/s\"");

        for (GateGithubBenchmark.Tool tool : GateGithubBenchmark.Tool.values()) {
            GateGithubBenchmark.write(
                    new GateResult("base", "head", 0.05, 0.95, List.of(), List.of(), List.of(), false, ExitCode.DONE),
                    tool,
                    tool.fileFor(file));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_cell_that_was_not_measured_is_in_every_writers_text_and_is_no_pass() throws Exception {
        Analysis whole = CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1);
        StoredCampaign stored = whole.stored();
        Analysis none = Analysis.of(new StoredCampaign(stored.folder(), stored.campaign(), List.of()));
        GateResult gate = Gate.compare(whole, none, false);

        assertThat(gate.passed()).isFalse();
        assertThat(GateMarkdown.render(gate))
                .startsWith("## Not passed: inconclusive")
                .contains("| not measured: none of 12 trials counts: 12 did not run |");
        assertThat(GateMarkdown.renderComparison(gate)).startsWith("## Comparison: 8 not measured");
        assertThat(GateJunitXml.render(gate))
                .contains("tests=\"9\" failures=\"1\"", "skipped=\"8\"", "message=\"Not measured: none of 12 trials");
        assertThat(GateCsv.render(gate).lines().skip(1)).hasSize(8).allMatch(line -> line.contains(",not_measured,"));
        JsonNode json = new ObjectMapper().readTree(GateJson.render(gate));
        assertThat(json.get("notMeasured")).hasSize(8);
        assertThat(json.get("exitCode").asInt()).isEqualTo(3);
        assertThat(json.get("passed").asBoolean()).isFalse();
        assertThat(GateOpenMetrics.render(gate))
                .contains("quorumark_gate_passed{")
                .contains("quorumark_not_measured{");
        assertThat(GateBencher.render(gate)).isEqualToIgnoringWhitespace("{}");
        assertThat(ConsoleTable.render(none, true)).startsWith("Nothing was measured: no trial ran.");
    }

    @Test
    void every_interval_prints_the_confidence_that_it_attains() {
        Analysis base = CampaignFixture.blocks(3, CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1));
        GateResult three = Gate.compare(base, base, false);
        assertThat(GateMarkdown.render(three)).contains("] at 75 %").doesNotContain("] at 95 %");
        assertThat(GateJunitXml.render(three)).contains("] at 75 %");
        assertThat(GateGithubBenchmark.render(three, GateGithubBenchmark.Tool.BIGGER))
                .contains(" at 75 %");
        assertThat(GateJson.render(three)).contains("\"confidence\" : 0.75");
        assertThat(GateCsv.render(three)).contains(",0.75,0.75,0.75,,");
        assertThat(GateOpenMetrics.render(three)).contains("quorumark_head_to_base_confidence_ratio");
    }

    @Test
    void csv_lines_have_a_field_for_every_column() {
        String[] lines = GateCsv.render(closed).split("\r\n");
        assertThat(lines)
                .hasSizeGreaterThan(9)
                .allMatch(line -> line.split(",", -1).length == lines[0].split(",", -1).length);
    }
}
