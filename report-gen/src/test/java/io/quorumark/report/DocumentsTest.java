package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.report.adr.AdrDocument;
import io.quorumark.report.gate.GateAnswer;
import io.quorumark.report.gate.GateBencher;
import io.quorumark.report.gate.GateCsv;
import io.quorumark.report.gate.GateGithubBenchmark;
import io.quorumark.report.gate.GateHtml;
import io.quorumark.report.gate.GateJson;
import io.quorumark.report.gate.GateJunitXml;
import io.quorumark.report.gate.GateMarkdown;
import io.quorumark.report.gate.GateOpenMetrics;
import io.quorumark.report.index.IndexHtml;
import io.quorumark.report.index.IndexJson;
import io.quorumark.report.index.IndexMarkdown;
import io.quorumark.report.page.ComparedCell;
import io.quorumark.report.page.Comparison;
import io.quorumark.report.page.ComparisonGroup;
import io.quorumark.report.page.Headline;
import io.quorumark.report.page.ReportContent;
import io.quorumark.report.text.Figures;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.CellComparison;
import io.quorumark.results.decision.Decision;
import io.quorumark.results.decision.DecisionRules;
import io.quorumark.results.decision.Evidence;
import io.quorumark.results.drill.DrillEvidence;
import io.quorumark.results.drill.DrillFinding;
import io.quorumark.results.gate.Gate;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.StoredCampaign;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/**
 * Compares every document with the one kept under {@code src/test/resources/golden}; {@code -Dgolden.write=true} writes those anew, to be
 * read before they are committed.
 */
class DocumentsTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    static Stream<Arguments> documentsAndLocales() {
        return Stream.of(
                        "report.html",
                        "report.md",
                        "adr.md",
                        "console.txt",
                        "quick.html",
                        "quick.md",
                        "quick-adr.md",
                        "quick-console.txt",
                        "gate.html",
                        "gate.md",
                        "gate.xml",
                        "gate.prom",
                        "gate-bencher.json",
                        "gate-bigger.json",
                        "gate-smaller.json",
                        "gate.csv",
                        "gate.json",
                        "report.json",
                        "report.csv",
                        "index.html",
                        "index.md",
                        "index.json")
                .flatMap(name ->
                        Stream.of("en-US", "de-DE", "tr-TR", "ar-EG-u-nu-arab").map(tag -> Arguments.of(name, tag)));
    }

    @ParameterizedTest
    @MethodSource("documentsAndLocales")
    void is_the_same_under_every_locale_and_time_zone(String name, String languageTag) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(languageTag));
        TimeZone.setDefault(
                TimeZone.getTimeZone(languageTag.startsWith("ar") ? "Pacific/Kiritimati" : "America/New_York"));
        String rendered = render(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(GOLDEN.resolve(name), rendered);
        }
        assertThat(rendered).isEqualTo(Files.readString(GOLDEN.resolve(name)));
    }

    @Test
    void the_page_stays_small() {
        assertThat(HtmlReport.render(CampaignFixture.judged()).getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(1 << 20);
    }

    @Test
    void the_page_of_six_engines_on_eight_workloads_and_that_of_many_trials_stay_below_a_megabyte() {
        for (Analysis analysis : List.of(CampaignKinds.wide(), CampaignKinds.kept(), CampaignKinds.large())) {
            String page = HtmlReport.render(analysis);
            int bytes = page.getBytes(StandardCharsets.UTF_8).length;
            System.out.println(analysis.stored().trials().size() + " trials of "
                    + analysis.cells().size() + " cells: " + bytes + " bytes");
            assertThat(bytes).isLessThanOrEqualTo(1_000_000);
        }
    }

    @Test
    void the_table_fits_the_terminal_and_has_an_ascii_form() {
        for (ReportContent content :
                List.of(CampaignFixture.judged(), CampaignFixture.quick(), inconclusive(CampaignFixture.judged()))) {
            assertThat(ConsoleTable.render(content, true).lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(ConsoleTable.COLUMNS));
            assertThat(ConsoleTable.render(content, false))
                    .matches("[\\x20-\\x7e\\n]+")
                    .doesNotContain("?k");
        }
    }

    /** With the longest of all verdicts everywhere. */
    private static ReportContent inconclusive(ReportContent content) {
        List<ComparisonGroup> groups = content.groups().stream()
                .map(group -> new ComparisonGroup(
                        group.id(),
                        group.title(),
                        group.cells().stream().map(DocumentsTest::inconclusive).toList(),
                        group.ceiling()))
                .toList();
        return new ReportContent(
                content.analysis(),
                content.campaign(),
                content.trials(),
                content.labelledCells(),
                groups,
                content.drills(),
                content.lifecycle(),
                content.unmeasured(),
                content.decisions(),
                content.gated(),
                content.checks());
    }

    private static ComparedCell inconclusive(ComparedCell cell) {
        return new ComparedCell(
                cell.labelledCell(),
                cell.figures(),
                cell.comparison()
                        .map(comparison -> new Comparison(
                                comparison.ratio(), Comparison.WordedVerdict.INCONCLUSIVE, comparison.terms())),
                cell.notes());
    }

    @Test
    void a_campaign_of_which_no_trial_counts_is_called_neither_correct_nor_fair() {
        StoredCampaign judged =
                CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1).stored();
        StoredCampaign empty = new StoredCampaign(judged.folder(), judged.campaign(), List.of());
        assertThat(ConsoleTable.render(ReportContent.of(Analysis.of(empty)), false))
                .contains("Nothing verified: no trial counts")
                .contains("Nothing compared: no trial counts")
                .doesNotContain("Correct:")
                .doesNotContain("Fair:");
    }

    @Test
    void a_campaign_whose_engines_trials_are_all_void_says_so_and_not_that_they_are_too_few() {
        StoredCampaign quick =
                CampaignFixture.analysis(false, CampaignFixture.SUNSET, 1).stored();
        List<Trial> ofVoid = quick.trials().stream()
                .filter(trial -> trial.outcome() == Trial.Outcome.VOID
                        || quick.campaign().cell(trial.cellId()).isHarnessCeiling())
                .toList();
        assertThat(ofVoid).anyMatch(trial -> trial.outcome() == Trial.Outcome.VALID);
        assertThat(ConsoleTable.render(
                        ReportContent.of(Analysis.of(new StoredCampaign(quick.folder(), quick.campaign(), ofVoid))),
                        false))
                .startsWith("Nothing was measured: none of 1 trial counts: 1 void. The first: The leader changed")
                .doesNotContain("too few");
    }

    @Test
    void drills_that_lie_beside_a_campaign_are_shown(@TempDir Path folder) throws IOException {
        Campaign campaign = CampaignFixture.judged().campaign();
        new DrillEvidence(
                        DrillEvidence.FORMAT_VERSION,
                        "quorumark drill --rounds 3",
                        campaign.createdAt(),
                        campaign.host(),
                        List.of(
                                drill("rocksdb", "failover", -1, List.of()),
                                drill("lmdb", "failover", -1, List.of()),
                                drill("lmdb", "add-voter", 2, List.of("2 writes failed, the first with BUSY: full"))))
                .write(folder.resolve("drills.json"));
        ReportContent content =
                ReportContent.of(Analysis.of(new StoredCampaign(new CampaignFolder(folder), campaign, List.of())));
        assertThat(MarkdownReport.render(content))
                .contains("| What was timed | RocksDB | LMDB |")
                .contains("| 1.20 s (900 ms to 1.50 s) | 1.20 s (900 ms to 1.50 s) |")
                .contains("2 writes failed")
                .contains("LMDB, add-voter: 2 writes failed, the first with BUSY: full");
        assertThat(HtmlReport.render(content)).contains("<h2 id=\"drills\">");
        assertThat(HtmlReport.render(CampaignFixture.judged())).doesNotContain("id=\"drills\"");
    }

    private static DrillFinding drill(String engine, String drill, long failedWrites, List<String> problems) {
        return new DrillFinding(
                engine,
                "1",
                engine,
                "POWER_LOSS",
                3,
                1000,
                drill,
                "from this until that",
                List.of(1200.0, 900.0, 1500.0),
                failedWrites,
                problems);
    }

    @Test
    void a_small_campaign_calls_no_winner_anywhere() {
        ReportContent content = CampaignFixture.quick();
        assertThat(PageKinds.breaking(HtmlReport.render(content)))
                .contains("cannot call a winner")
                .contains("--profile adr");
        assertThat(adr(CampaignFixture.analysis(false, CampaignFixture.SUNSET, 1)))
                .contains("Label: open")
                .doesNotContain("Proposed option");
    }

    @Test
    void blocks_that_can_call_no_difference_are_told_once_in_every_document_of_a_campaign() {
        Analysis six = CampaignFixture.blocks(6, CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1));
        ReportContent content = ReportContent.of(six);
        for (String document : List.of(
                HtmlReport.render(content),
                MarkdownReport.render(content),
                ConsoleTable.render(content, true),
                adr(six))) {
            assertThat(document.replaceAll("\\s+", " "))
                    .contains("inconclusive")
                    .containsOnlyOnce(
                            "With 6 blocks no difference can be called in any of 6 comparisons, however large: the smallest p"
                                    + " that can come out is 0.188 after Holm")
                    .containsOnlyOnce("run at least 8 blocks, or compare fewer cells.");
        }
        assertThat(adr(six)).contains("\"smallestPValue\":0.1875");
        assertThat(HtmlReport.render(CampaignFixture.judged())).doesNotContain("no difference can be called");
    }

    @Test
    void blocks_that_can_call_no_difference_are_told_once_in_every_document_of_a_gate() {
        Analysis base = CampaignFixture.blocks(6, CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1));
        Analysis head = CampaignFixture.blocks(6, CampaignFixture.analysis(true, CampaignFixture.SUNSET, 0.7));
        GateResult gate = Gate.compare(base, head, false);
        for (String document : List.of(
                GateMarkdown.render(gate),
                GateMarkdown.renderComparison(Gate.comparison(base, head, false)),
                GateHtml.render(new GateAnswer(GateAnswer.Kind.GATE, gate, base, head, "quorumark gate")))) {
            assertThat(document)
                    .contains("inconclusive")
                    .containsOnlyOnce("With 6 blocks no difference can be called in any of 8 comparisons");
        }
    }

    @Test
    void durations_whose_blocks_can_call_no_difference_are_told_so_beside_their_table() {
        ReportContent content = ReportContent.of(CampaignFixture.blocks(6, CampaignKinds.lifecycle()));
        assertThat(content.groups()).isEmpty();
        for (String document : List.of(
                HtmlReport.render(content), MarkdownReport.render(content), ConsoleTable.render(content, true))) {
            assertThat(document.replaceAll("\\s+", " "))
                    .containsOnlyOnce("With 6 blocks no difference can be called in any of ");
        }
    }

    @Test
    void a_lifecycle_of_two_workloads_says_of_which_each_duration_is() {
        ReportContent content = ReportContent.of(CampaignKinds.lifecycle());
        assertThat(Headline.of(content).sentence())
                .startsWith(
                        "LMDB took less time than RocksDB for cold-start, recovery, checkpoint, restore, compaction and install"
                                + " on ycsb-a and session-store.");
        assertThat(MarkdownReport.render(content))
                .contains("| What was timed | Workload | RocksDB | LMDB | MapDB (log: memory) | Xodus |")
                .contains("first record read | ycsb-a | ")
                .contains("first record read | session-store | ");
        assertThat(HtmlReport.render(content)).contains("<th scope=\"col\">Workload</th>");
    }

    @Test
    void a_campaign_without_a_trial_that_counts_says_once_what_holds_for_all_its_cells() {
        ReportContent content = ReportContent.of(CampaignKinds.voids());
        assertThat(Headline.of(content).notes())
                .containsExactly(
                        "8 alike: RocksDB, LMDB, MapDB and Xodus on ycsb-a and session-store: not measured, as none of 12 trials"
                                + " counts: 12 void; the first: The leader changed inside the measured window.");
        assertThat(MarkdownReport.render(content))
                .contains(
                        "alike: RocksDB, LMDB, MapDB (log: memory) †, Xodus † and Null, ycsb-a and session-store, block 1 to 12:"
                                + " void, The leader changed inside the measured window.")
                .contains("| – reference |")
                .doesNotContain("RocksDB on ycsb-a: not measured", "1.00×");
        assertThat(HtmlReport.render(content)).doesNotContain("<span class=\"value\">1.00×");
    }

    @Test
    void ratios_are_of_the_figure_that_verdicts_rest_on() {
        Analysis analysis = CampaignFixture.withOpenLoops(CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1));
        CellComparison paced = analysis.comparisons().stream()
                .filter(comparison -> comparison.judgedBy() == Metric.P99)
                .findFirst()
                .orElseThrow();
        String byP99 = Figures.ratio(paced.primary().ratio().estimate());
        assertThat(byP99)
                .isNotEqualTo(Figures.ratio(
                        paced.ratio(Metric.THROUGHPUT).orElseThrow().ratio().estimate()));

        assertThat(HtmlReport.render(ReportContent.of(analysis)))
                .contains("of p99 response time to RocksDB")
                .contains(byP99);
    }

    @Test
    void an_open_loop_with_too_few_samples_for_its_percentile_is_inconclusive_for_that_reason() {
        Analysis full = CampaignFixture.withOpenLoops(CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1));
        Analysis few = CampaignKinds.withoutPercentile("99", full);
        String reason = "too few samples for p99 response time, and throughput decides nothing here";
        assertThat(full.comparisons()).anyMatch(comparison -> comparison.judgedBy() == Metric.P99);
        assertThat(few.comparisons()).noneMatch(comparison -> comparison.judgedBy() == Metric.P99);
        assertThat(MarkdownReport.render(ReportContent.of(few))).contains("inconclusive (" + reason);
        assertThat(HtmlReport.render(ReportContent.of(few))).contains(reason);
        assertThat(MarkdownReport.render(ReportContent.of(full))).doesNotContain(reason);
        GateResult gate = Gate.compare(few, few, false);
        assertThat(GateMarkdown.render(gate)).contains("inconclusive: " + reason);
        assertThat(GateHtml.render(new GateAnswer(GateAnswer.Kind.GATE, gate, few, few, "quorumark gate")))
                .contains(reason);
    }

    @Test
    void engines_that_were_not_compared_are_not_told_to_be_worse() {
        StoredCampaign judged =
                CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1).stored();
        StoredCampaign alone = new StoredCampaign(
                judged.folder(),
                judged.campaign(),
                judged.trials().stream()
                        .filter(trial ->
                                judged.campaign().cell(trial.cellId()).engine().equals("rocksdb"))
                        .toList());
        assertThat(ConsoleTable.render(Analysis.of(alone), true))
                .startsWith("At POWER_LOSS on this machine, nothing was compared with RocksDB.");
    }

    @Test
    void a_regression_fails_its_case_in_junit_and_markdown() throws Exception {
        Analysis base = CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1);
        GateResult gate = Gate.compare(base, CampaignFixture.analysis(true, CampaignFixture.SUNSET, 0.7), false);
        Element suite = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(GateJunitXml.render(gate).getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(suite.getAttribute("failures")).isEqualTo("2");
        assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(2);
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(9);
        assertThat(GateMarkdown.render(gate))
                .startsWith("## Failed: regression")
                .contains("| worse |");
        GateResult same = Gate.compare(base, base, true);
        String told =
                "Both folders hold campaign " + base.stored().campaign().id() + ", which cannot differ from itself";
        assertThat(GateJunitXml.render(same)).contains("failures=\"1\"", "skipped=\"8\"", told);
        assertThat(GateJson.render(same)).contains(told);
        assertThat(GateMarkdown.renderComparison(same)).contains("which cannot differ from itself");
        assertThat(GateMarkdown.render(same))
                .startsWith("## Not passed: inconclusive")
                .contains("which cannot differ from itself");
    }

    @Test
    void caveats_cannot_become_markup() {
        String hostile = "a | b <script>alert(1)</script> [x](javascript:y) `z`\n# heading";
        ReportContent content = CampaignFixture.hostile(hostile);
        assertThat(HtmlReport.render(content)).doesNotContain("<script>alert").contains("&lt;script&gt;alert");
        for (Function<ReportContent, String> document : java.util.List.<Function<ReportContent, String>>of(
                MarkdownReport::render, f -> adr(CampaignFixture.analysis(true, hostile, 1)))) {
            assertThat(document.apply(content))
                    .contains("a \\| b \\<script\\>")
                    .doesNotContain("[x](")
                    .doesNotContain("\n# heading");
        }
        assertThat(ConsoleTable.render(CampaignFixture.hostile("\u001b[31mred"), true))
                .doesNotContain("\u001b");
    }

    private static String adr(Analysis analysis) {
        return AdrDocument.render(Decision.of(Evidence.of(List.of(analysis)), DecisionRules.defaults()));
    }

    private static String render(String name) {
        if (name.equals("gate.html")) {
            return GateHtml.render(GateFixture.regression());
        }
        if (name.startsWith("gate")) {
            GateResult gate = Gate.compare(
                    CampaignFixture.withOpenLoops(CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1)),
                    CampaignFixture.withOpenLoops(CampaignFixture.analysis(true, CampaignFixture.SUNSET, 0.7)),
                    false);
            return switch (name) {
                case "gate.md" -> GateMarkdown.render(gate);
                case "gate.xml" -> GateJunitXml.render(gate);
                case "gate.prom" -> GateOpenMetrics.render(gate);
                case "gate-bencher.json" -> GateBencher.render(gate);
                case "gate-bigger.json" -> GateGithubBenchmark.render(gate, GateGithubBenchmark.Tool.BIGGER);
                case "gate-smaller.json" -> GateGithubBenchmark.render(gate, GateGithubBenchmark.Tool.SMALLER);
                case "gate.json" -> GateJson.render(gate);
                case "gate.csv" -> GateCsv.render(gate);
                default -> throw new IllegalArgumentException(name);
            };
        }
        if (name.endsWith("adr.md")) {
            return adr(CampaignFixture.analysis(!name.startsWith("quick"), CampaignFixture.SUNSET, 1));
        }
        if (name.startsWith("index")) {
            return switch (name) {
                case "index.html" -> IndexHtml.render(IndexFixture.index());
                case "index.md" -> IndexMarkdown.render(IndexFixture.index());
                case "index.json" -> IndexJson.render(IndexFixture.index());
                default -> throw new IllegalArgumentException(name);
            };
        }
        if (name.equals("report.json")) {
            return CampaignJson.render(CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1));
        }
        if (name.equals("report.csv")) {
            return CampaignCsv.render(CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1));
        }
        ReportContent content = name.startsWith("quick") ? CampaignFixture.quick() : CampaignFixture.judged();
        if (name.endsWith(".html")) {
            return HtmlReport.render(content);
        }
        return name.endsWith(".md") ? MarkdownReport.render(content) : ConsoleTable.render(content, true);
    }
}
