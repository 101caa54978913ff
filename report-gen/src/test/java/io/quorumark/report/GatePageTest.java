package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorumark.report.gate.GateAnswer;
import io.quorumark.report.gate.GateCsv;
import io.quorumark.report.gate.GateHtml;
import io.quorumark.report.gate.GateJson;
import io.quorumark.report.text.Figures;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of a gate or a comparison says what the gate's JSON says, in the order in which a person wants to read it. */
class GatePageTest {
    private static final String HOSTILE = "</style></h1>\"'><script>alert(1)</script><img src=x>";
    private static final Pattern VERDICT = Pattern.compile("<span class=\"verdict \\w+\">([^<]+)</span>");

    @Test
    void the_page_carries_the_gates_json_and_csv() throws Exception {
        GateAnswer answer = GateFixture.regression();
        String page = GateHtml.render(answer);
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(link(page, "application/json")))
                .isEqualTo(mapper.readTree(GateJson.render(answer.result())));
        assertThat(link(page, "text/csv;charset=utf-8")).isEqualTo(GateCsv.render(answer.result()));
    }

    @Test
    void every_figure_of_a_row_is_that_of_the_json() throws Exception {
        GateAnswer answer = GateFixture.regression();
        String page = PageKinds.breaking(GateHtml.render(answer));
        JsonNode cells =
                new ObjectMapper().readTree(GateJson.render(answer.result())).get("cells");
        assertThat(cells).hasSize(8).allSatisfy(cell -> {
            String row = row(page, cell.get("cellId").asText());
            JsonNode ratio = cell.get("ratio");
            assertThat(row)
                    .contains("<span class=\"value\">"
                            + Figures.ratio(ratio.get("estimate").asDouble()) + "</span><span class=\"sub\">["
                            + Figures.significant(ratio.get("low").asDouble()) + ", "
                            + Figures.significant(ratio.get("high").asDouble()) + "] at "
                            + Figures.confidence(ratio.get("confidence").asDouble()))
                    .contains("data-label=\"p\" data-sort=\""
                            + Figures.fixed(cell.get("holmPValue").asDouble(), 6))
                    .contains("data-label=\"Blocks\" data-sort=\""
                            + cell.get("blocks").asInt() + "\"")
                    .contains(">" + cell.get("verdict").asText() + "</span>");
            for (String side : List.of("base", "head")) {
                double level = cell.get(side).get("estimate").asDouble();
                assertThat(row)
                        .contains(">"
                                + (cell.get("unit").asText().equals("ops/s")
                                        ? Figures.rate(level)
                                        : Figures.micros(level))
                                + "</span>");
            }
        });
    }

    @Test
    void regressions_come_first_and_the_sentence_names_the_worst() {
        String page = GateHtml.render(GateFixture.regression());
        List<String> verdicts = verdicts(page);
        assertThat(verdicts.subList(0, 2)).containsExactly("worse", "worse");
        assertThat(verdicts.subList(2, verdicts.size())).doesNotContain("worse");
        assertThat(page)
                .contains("<h1>Failed: 2 of 8 cells regressed. The worst, LMDB on ")
                .contains("<b class=\"bad\">2 regressions</b>8 cells judged")
                .contains("<h2 id=\"differs-1\">LMDB on ")
                .contains("<h3 id=\"differs-2-time\">Over time</h3>")
                .doesNotContain("differs-3");
    }

    @Test
    void what_differs_between_the_campaigns_stands_on_top_and_what_does_not_below_it() {
        String page = GateHtml.render(GateFixture.regression());
        String different = page.substring(page.indexOf("id=\"sides\""), page.indexOf("The same in both"));
        assertThat(different)
                .contains(
                        "<th scope=\"row\">Engine LMDB</th><td data-label=\"Base\">1.1</td><td data-label=\"Head\">1.2</td>")
                .contains("<th scope=\"row\">org.lmdbjava:lmdbjava</th>")
                .contains("revision 9f1c2ab")
                .contains("revision 77aa01b")
                .contains(
                        "<th scope=\"row\">Plan: load.clients</th><td data-label=\"Base\">none</td><td data-label=\"Head\">64</td>")
                .doesNotContain("Machine")
                .doesNotContain("rocksdbjni");
        assertThat(page.substring(page.indexOf("The same in both")))
                .contains("<th scope=\"row\">Machine</th><td>a1b2c3d4e5f6</td>")
                .contains("<th scope=\"row\">org.rocksdb:rocksdbjni</th>");
        assertThat(page).contains("LMDB <span class=\"sub\">1.1 → 1.2</span>");
    }

    @Test
    void a_waived_regression_passes_and_is_told_with_its_reason() {
        String page = GateHtml.render(GateFixture.waived());
        assertThat(page)
                .contains("<h1>Failed: 1 of 8 cells regressed.")
                .contains("<b class=\"warn\">1 waived</b>")
                .contains("waived until 2026-12-31: a fix for &lt;torn&gt; pages (approved by the storage group)");
        assertThat(verdicts(page).subList(0, 2)).containsExactly("worse", "worse, waived");
    }

    @Test
    void a_gate_that_passes_says_so_without_charts() {
        String page = GateHtml.render(GateFixture.passed());
        assertThat(page)
                .contains("<h1>Passed: no cell of 8 regressed.</h1>")
                .contains("<b class=\"good\">No regression</b>")
                .doesNotContain("<figure")
                .doesNotContain("class=\"legend\"");
    }

    @Test
    void cells_that_were_not_measured_are_listed_and_no_pass() {
        String page = PageKinds.breaking(GateHtml.render(GateFixture.unmeasured()));
        assertThat(page)
                .contains("<h1>Not passed: nothing was compared.</h1>")
                .contains("<b class=\"warn\">8 not measured</b>")
                .contains("<li>8 alike: RocksDB, LMDB, MapDB and Xodus on ")
                .contains(": not measured, as none of 12 trials counts: 12 did not run.</li>");
        assertThat(verdicts(page)).hasSize(8).containsOnly("not measured");
    }

    @Test
    void campaigns_of_two_machines_are_not_compared() {
        assertThat(GateHtml.render(GateFixture.otherMachine()))
                .contains("<h1>Nothing was compared.</h1>")
                .contains("The campaigns ran on different machines (a1b2c3d4e5f6 and ffffffffffff)")
                .contains("<b class=\"bad\">Two machines</b>");
    }

    @Test
    void a_comparison_fails_nothing() {
        String page = GateHtml.render(GateFixture.comparison());
        assertThat(page)
                .contains("<title>Quorumark: comparison of 20261127T220612Z-adr-77aa</title>")
                .contains("<h1>2 of 8 cells are worse")
                .contains("<b class=\"warn\">2 worse</b>")
                .contains("scripts/quorumark compare results/main results/branch")
                .doesNotContain("Failed")
                .doesNotContain("regression");
    }

    @Test
    void text_from_outside_cannot_become_markup() {
        String page = GateHtml.render(GateFixture.hostile(HOSTILE));
        assertThat(page)
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script>alert")
                .doesNotContain("<img");
        // the page's own script, and nothing in the links either
        assertThat(page.split("<script", -1)).hasSize(2);
    }

    private static List<String> verdicts(String page) {
        return VERDICT.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** What the page says of a cell, from its row's beginning to its end. */
    private static String row(String page, String cellId) {
        List<String> rows = new ArrayList<>();
        Matcher found =
                Pattern.compile("<tr id=\"cell-\\d+\">.*?</tr>", Pattern.DOTALL).matcher(page);
        while (found.find()) {
            if (found.group().contains(">" + cellId + "<")) {
                rows.add(found.group());
            }
        }
        assertThat(rows).as(cellId).hasSize(1);
        return rows.get(0);
    }

    private static String link(String page, String mediaType) {
        Matcher found = Pattern.compile("href='data:" + Pattern.quote(mediaType) + ",([^']*)'")
                .matcher(page);
        assertThat(found.find()).as(mediaType).isTrue();
        return URLDecoder.decode(found.group(1), StandardCharsets.UTF_8);
    }
}
