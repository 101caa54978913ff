package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.report.adr.AdrDocument;
import io.quorumark.report.index.CampaignCard;
import io.quorumark.report.index.CampaignDocuments;
import io.quorumark.report.index.CampaignIndex;
import io.quorumark.report.index.IndexHtml;
import io.quorumark.report.page.Headline;
import io.quorumark.report.page.ReportContent;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.decision.Decision;
import io.quorumark.results.decision.DecisionRules;
import io.quorumark.results.decision.Evidence;
import io.quorumark.results.decision.GateOutcome;
import io.quorumark.results.linearizability.LinearizabilityEvidence;
import io.quorumark.results.model.LinearizabilityFinding;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Page, decision record, console and index say the same of the same options at the same gates. */
class GatesInDocumentsTest {
    /** A row of the record's table of gates. */
    private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (.+) \\| (.+) \\| (.+) \\|");

    @TempDir
    Path folder = Path.of("");

    private Analysis analysis = CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1);

    /** Histories of two engines are known: one explained, one not. The others have none. */
    @BeforeEach
    void evidence_beside_the_campaign() throws IOException {
        new LinearizabilityEvidence(
                        LinearizabilityEvidence.FORMAT_VERSION,
                        "quorumark linearizability",
                        List.of(
                                history("rocksdb", "1.0", List.of()),
                                history("xodus", "1.3", List.of("a read of <key 7> | saw a *lost* write"))))
                .write(new CampaignFolder(folder).linearizabilityJson());
        StoredCampaign stored = analysis.stored();
        analysis = Analysis.of(new StoredCampaign(new CampaignFolder(folder), stored.campaign(), stored.trials()));
    }

    private static LinearizabilityFinding history(String engine, String version, List<String> violations) {
        return new LinearizabilityFinding(
                engine,
                version,
                engine,
                3,
                20,
                40_000,
                120,
                violations,
                0,
                7,
                Instant.parse("2026-11-01T00:00:00Z"),
                "Linux 6.1");
    }

    @Test
    void every_gate_of_the_record_stands_on_the_page_in_the_same_words() {
        List<String> ofRecord = ofRecord();
        assertThat(ofRecord)
                .hasSize(20)
                .contains(
                        "RocksDB, linearizable: passed, 20 histories of 40,000 operations under 120 faults explained.")
                .contains("Xodus, linearizable: excluded, a read of <key 7> | saw a *lost* write.")
                .contains(
                        "LMDB, durable: excluded, does not keep what it promises at POWER_LOSS: LOST: batch 7 is <not> there.");
        assertThat(ofPage()).containsExactlyElementsOf(ofRecord);
    }

    @Test
    void all_say_who_could_be_proposed_and_who_not() {
        String page = unescaped(HtmlReport.render(analysis));
        String markdown = MarkdownReport.render(analysis);
        String console = ConsoleTable.render(analysis, true).replaceAll("\\s+", " ");
        String index = unescaped(IndexHtml.render(CampaignIndex.of(
                "1",
                List.of(CampaignCard.of(analysis, new CampaignDocuments("a", Optional.empty(), Optional.empty()))),
                List.of())));
        String told = "RocksDB; excluded: LMDB, MapDB (log: memory), Xodus";
        assertThat(List.of(page, markdown.replace("\\", ""), console))
                .allSatisfy(document ->
                        assertThat(document).contains("1 of 4 options eligible").contains(told));
        assertThat(decision().options()).hasSize(4).allSatisfy(option -> {
            assertThat(told.substring(told.indexOf("excluded"))
                            .contains(option.option().name()))
                    .as(option.option().name())
                    .isEqualTo(option.outcome() == GateOutcome.EXCLUDED);
            assertThat(index)
                    .contains("<li>" + option.option().name() + ": "
                            + option.gated().standing() + "</li>");
        });
    }

    @Test
    void the_first_sentence_says_what_stands_against_its_leader() {
        assertThat(Headline.of(ReportContent.of(analysis)).sentence())
                .contains("LMDB carried")
                .endsWith(" It cannot be proposed: excluded by durable; not shown: linearizable.");
    }

    private Decision decision() {
        return Decision.of(Evidence.of(List.of(analysis)), DecisionRules.defaults());
    }

    private List<String> ofRecord() {
        String record = AdrDocument.render(decision());
        String gates = record.substring(record.indexOf("## Gates"), record.indexOf("What is not shown"));
        List<String> sentences = new ArrayList<>();
        for (String line : gates.lines().skip(5).toList()) {
            // a bar inside a field is escaped; the table's own stand between blanks
            Matcher row = ROW.matcher(line.replace("\\|", "¦"));
            if (row.matches() && !row.group(1).equals("Option") && !row.group(1).startsWith("--")) {
                sentences.add((row.group(1) + ", " + row.group(2) + ": " + row.group(3) + ", " + row.group(4) + ".")
                        .replaceAll("\\\\(?=\\p{Punct})", "")
                        .replace("¦", "|"));
            }
        }
        return sentences;
    }

    private List<String> ofPage() {
        String page = HtmlReport.render(analysis);
        int begin = page.indexOf("options eligible</b>");
        String gates = page.substring(begin, page.indexOf("</details>", begin));
        List<String> sentences = new ArrayList<>();
        Matcher items = Pattern.compile("<li>(.*?)</li>").matcher(gates);
        while (items.find()) {
            sentences.add(unescaped(items.group(1)).replaceAll(" To show it: .*", ""));
        }
        assertThat(sentences.get(0)).startsWith("Asked of an engine for log and state");
        return sentences.subList(1, sentences.size());
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#x27;", "'")
                .replace("&amp;", "&");
    }
}
