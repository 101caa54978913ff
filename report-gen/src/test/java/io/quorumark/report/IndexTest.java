package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.report.index.CampaignCard;
import io.quorumark.report.index.CampaignIndex;
import io.quorumark.report.index.IndexHtml;
import io.quorumark.report.index.IndexJson;
import io.quorumark.report.index.IndexMarkdown;
import io.quorumark.report.text.RelativeLink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One document over many campaigns; its golden copies are compared in {@link DocumentsTest}. */
class IndexTest {
    private static final String HOSTILE = "</style></h1>\"'><script>alert(1)</script> [x](javascript:y) `z`\n# heading";

    @Test
    void campaigns_stand_by_machine_the_latest_first_however_they_were_found() {
        List<CampaignCard> reversed = new ArrayList<>(IndexFixture.cards());
        Collections.reverse(reversed);
        CampaignIndex index = CampaignIndex.of("1.2.3", reversed, List.of());
        assertThat(index).isEqualTo(CampaignIndex.of("1.2.3", IndexFixture.cards(), List.of()));
        assertThat(index.machines())
                .extracting(machine -> machine.host().fingerprint())
                .containsExactly("small", "large");
        assertThat(index.machines().get(0).campaigns())
                .extracting(card -> card.documents().folder())
                .containsExactly("nested/second", "first");
        assertThat(index.summary()).isEqualTo("3 campaigns on 2 machines");
    }

    @Test
    void a_card_leads_with_the_sentence_of_the_campaigns_own_report() {
        String report = HtmlReport.render(CampaignFixture.judged());
        String sentence = report.substring(report.indexOf("<h1>") + 4, report.indexOf("</h1>"));
        assertThat(sentence).contains("LMDB carried");
        assertThat(IndexHtml.render(IndexFixture.index())).contains("<p class=\"lead\">" + sentence + "</p>");
    }

    @Test
    void one_cell_is_followed_over_the_campaigns_of_its_machine_up_to_the_cards_own() {
        String page = PageKinds.breaking(IndexHtml.render(IndexFixture.index()));
        assertThat(page.split("<svg class=\"chart spark\"", -1))
                .as("two figures of the only card that has another one of its machine before it")
                .hasSize(3);
        assertThat(page)
                .contains("<dt>RocksDB on ycsb-a</dt><dd>38.8 k ops/s throughput<svg")
                .contains("<span class=\"sub\">the same in 2 campaigns</span>")
                .contains("aria-label=\"Highest ratio to it: 2 campaigns, from 1.3");
        assertThat(IndexMarkdown.render(IndexFixture.index()))
                .contains("- RocksDB on ycsb-a: 38.8 k ops/s throughput (the same in 2 campaigns)")
                .contains(" (2 campaigns, from ");
        assertThat(IndexJson.render(IndexFixture.index())).contains("\"name\" : \"Highest ratio to it\"");
    }

    @Test
    void the_same_engine_without_and_with_raft_stands_in_one_bar() {
        CampaignIndex index = CampaignIndex.of("1.2.3", IndexFixture.depths(), List.of());
        String page = IndexHtml.render(index);
        assertThat(page)
                .contains("What replication costs on ycsb-a")
                .contains("bare engine", "state machine adds", "replication adds")
                .contains("id=\"machine-1-layers-1\"")
                .doesNotContain("id=\"machine-1-layers-3\"");
        assertThat(IndexMarkdown.render(index))
                .contains(
                        "| RocksDB 1.0 | bare engine |",
                        "| RocksDB 1.0 | state machine |",
                        "| RocksDB 1.0 | replicated |");
        assertThat(IndexHtml.render(IndexFixture.index()))
                .as("one depth alone")
                .doesNotContain("What replication costs");
    }

    @Test
    void a_folder_that_was_left_out_is_named_and_its_figures_are_not_guessed() {
        assertThat(IndexHtml.render(IndexFixture.index()))
                .contains("1 folder left out")
                .contains(">torn</span>: campaign.json");
        assertThat(IndexMarkdown.render(IndexFixture.index())).contains("- torn: campaign.json: is truncated");
        assertThat(IndexJson.render(IndexFixture.index())).contains("\"folder\" : \"torn\"");
        assertThat(IndexHtml.render(CampaignIndex.of("1.2.3", IndexFixture.cards(), List.of())))
                .doesNotContain("left out");
    }

    @Test
    void text_from_outside_cannot_become_markup() {
        assertThat(IndexHtml.render(IndexFixture.hostile(HOSTILE)))
                .contains("&lt;script&gt;alert")
                .doesNotContain("<script")
                .doesNotContain("</h1>\"");
        assertThat(IndexMarkdown.render(IndexFixture.hostile(HOSTILE)))
                .doesNotContainPattern("(?<!\\\\)<script")
                .doesNotContain("[x](")
                .doesNotContain("\n# heading");
    }

    @Test
    void only_an_index_is_taken_for_one(@TempDir Path folder) throws IOException {
        Path index = folder.resolve("index.html");
        IndexHtml.write(IndexFixture.index(), index);
        assertThat(IndexHtml.isIndex(index)).isTrue();
        Path report = folder.resolve("report.html");
        Files.writeString(report, HtmlReport.render(CampaignFixture.quick()));
        assertThat(IndexHtml.isIndex(report)).isFalse();
        assertThat(IndexHtml.isIndex(Files.createFile(folder.resolve("empty.html"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "100%", "what?#x", "javascript:alert(1)", "\"><b>", "größe", "..a", "a&b;c"})
    void a_link_leads_to_the_file_whatever_its_folder_is_called(String name) {
        Path pages = Path.of("/results/pages");
        Path file = Path.of("/results").resolve(name).resolve("report.html");
        String link = RelativeLink.of(pages, file);
        assertThat(link).matches("\\.\\./[A-Za-z0-9%._~-]+/report\\.html");
        assertThat(URI.create("file:///results/pages/index.html").resolve(link).getPath())
                .isEqualTo(file.toString());
    }
}
