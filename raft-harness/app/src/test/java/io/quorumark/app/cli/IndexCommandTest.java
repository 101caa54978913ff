package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.CampaignFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code index} shows every campaign that it can read, and says which it cannot. */
class IndexCommandTest {
    private static final SampleCampaign QUICK = SampleCampaign.of(SampleShape.QUICK.withSize(1, 1));
    private static final String HOSTILE = "a\"><script>alert(1)<script> #?%41&amp;";

    @TempDir
    Path temp;

    private Path results = Path.of("");

    @BeforeEach
    void two_campaigns_one_of_them_deep_and_badly_named() throws IOException {
        results = Files.createDirectory(temp.resolve("results"));
        QUICK.writeTo(results.resolve("plain"));
        Path deep = Files.createDirectories(results.resolve("of/others"));
        CampaignFolder hostile =
                SampleCampaign.of(SampleShape.QUICK.withSize(1, 1).withSeed(7)).writeTo(deep.resolve(HOSTILE));
        assertThat(CommandLineRun.of("report", hostile.root().toString()).exitCode())
                .isZero();
    }

    @Test
    void every_campaign_at_any_depth_has_a_card_that_leads_to_its_report() throws IOException {
        CommandLineRun run = CommandLineRun.of("index", results.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path page = results.resolve("index.html");
        assertThat(run.out()).isEqualTo(page + ": 2 campaigns on 1 machine\n");
        String html = Files.readString(page);
        assertThat(html)
                .contains(">plain<", "no report: write it", "of/others/a&quot;&gt;&lt;script&gt;")
                .doesNotContain("<script");
        Matcher links = Pattern.compile("<h3[^>]*><a href=\"([^\"]*)\"").matcher(html);
        assertThat(links.find()).isTrue();
        assertThat(Path.of(page.toUri().resolve(URI.create(links.group(1)))))
                .exists()
                .hasFileName("report.html");
        assertThat(links.find()).isFalse();
    }

    @Test
    void the_same_folders_give_the_same_bytes_and_an_index_may_be_written_again() throws IOException {
        assertThat(CommandLineRun.of("index", results.toString()).exitCode()).isZero();
        byte[] first = Files.readAllBytes(results.resolve("index.html"));
        assertThat(CommandLineRun.of("index", results.toString()).exitCode()).isZero();
        assertThat(results.resolve("index.html")).hasBinaryContent(first);
    }

    @Test
    void links_begin_where_the_page_lies() throws IOException {
        Path page = Files.createDirectory(temp.resolve("pages")).resolve("all.html");
        Path markdown = temp.resolve("all.md");
        CommandLineRun run = CommandLineRun.of(
                "index", results.toString(), "--out", page.toString(), "--markdown", markdown.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(page).content().contains("href=\"../results/of/others/a%22");
        assertThat(markdown).content().startsWith("# 2 campaigns on 1 machine\n");
        assertThat(results.resolve("index.html")).doesNotExist();
    }

    @Test
    void a_damaged_campaign_is_named_in_one_line_and_left_out() throws IOException {
        EndedCampaign.edit(results.resolve("plain/campaign.json"), text -> text.substring(0, text.length() / 2));
        CommandLineRun run = CommandLineRun.of("index", results.toString());
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).hasLineCount(1).startsWith("left out: " + results.resolve("plain") + ": campaign.json: ");
        assertThat(results.resolve("index.html"))
                .content()
                .contains("1 campaign on 1 machine", "1 folder left out", ">plain</span>: campaign.json: ");
    }

    @Test
    void a_campaign_of_another_format_version_is_left_out_and_is_no_damage() throws IOException {
        EndedCampaign.edit(
                results.resolve("plain/campaign.json"),
                text -> text.replaceFirst("\"formatVersion\" : \\d+", "\"formatVersion\" : 99"));
        CommandLineRun run = CommandLineRun.of("index", results.toString());
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).hasLineCount(1).contains("has format version 99");
    }

    @Test
    void a_campaign_that_may_not_be_read_is_left_out_and_neither_damaged_nor_of_another_version() throws IOException {
        UnreadableFile.inPlaceOf(results.resolve("plain/campaign.json"));
        CommandLineRun run = CommandLineRun.of("index", results.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("left out: " + results.resolve("plain")
                        + ": campaign.json: cannot be read: permission denied; correct its permissions\n");
        assertThat(results.resolve("index.html")).content().contains("1 campaign on 1 machine", "1 folder left out");
    }

    @Test
    void a_page_that_somebody_else_wrote_is_not_replaced() throws IOException {
        Path own = Files.writeString(results.resolve("index.html"), "<p>mine</p>");
        CommandLineRun run = CommandLineRun.of("index", results.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is no index that this command wrote", "--out");
        assertThat(own).hasContent("<p>mine</p>");
    }

    @Test
    void a_text_that_somebody_else_wrote_is_not_replaced_and_an_index_is() throws IOException {
        Path own = Files.writeString(temp.resolve("notes.md"), "# 2 campaigns to make\n");
        CommandLineRun run = CommandLineRun.of("index", results.toString(), "--markdown", own.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is no index that this command wrote", "--markdown");
        assertThat(own).hasContent("# 2 campaigns to make");
        for (int i = 0; i < 2; i++) {
            assertThat(CommandLineRun.of("index", results.toString(), "--markdown", temp + "/all.md")
                            .exitCode())
                    .isZero();
        }
    }

    @Test
    void an_empty_file_is_nobodys() throws IOException {
        Path page = Files.createFile(temp.resolve("empty.html"));
        Path markdown = Files.createFile(temp.resolve("empty.md"));
        CommandLineRun run = CommandLineRun.of(
                "index", results.toString(), "--out", page.toString(), "--markdown", markdown.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(page).isNotEmptyFile();
        assertThat(markdown).content().startsWith("# 2 campaigns on 1 machine");
    }

    @Test
    void a_campaign_behind_a_broken_link_is_not_passed_over() throws IOException {
        Files.delete(results.resolve("plain/campaign.json"));
        Files.createSymbolicLink(results.resolve("plain/campaign.json"), temp.resolve("absent"));
        CommandLineRun run = CommandLineRun.of("index", results.toString());
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).hasLineCount(1).contains("campaign.json: cannot be read: it is missing, or a link");
    }

    @Test
    void the_page_of_a_copy_made_of_links_is_its_own() throws IOException {
        Path other = Files.createDirectory(temp.resolve("other")).resolve("index.html");
        assertThat(CommandLineRun.of("index", results.toString(), "--out", other.toString())
                        .exitCode())
                .isZero();
        byte[] before = Files.readAllBytes(other);
        Files.createSymbolicLink(results.resolve("index.html"), other);
        assertThat(CommandLineRun.of("index", results.toString()).exitCode()).isZero();
        assertThat(other).hasBinaryContent(before);
        assertThat(results.resolve("index.html")).content().contains("href=\"of/others/");
    }

    @Test
    void the_folder_may_be_named_by_a_link() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), results);
        CommandLineRun run = CommandLineRun.of("index", link.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo(link + "/index.html: 2 campaigns on 1 machine\n");
        assertThat(results.resolve("index.html")).content().contains(">plain<");
    }

    @Test
    void a_campaigns_own_folder_gets_no_file_that_verify_would_find() {
        CommandLineRun run = CommandLineRun.of("index", results.resolve("plain").toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("in the folder of a campaign");
        assertThat(results.resolve("plain/index.html")).doesNotExist();
    }

    @Test
    void a_folder_without_campaigns_and_none_at_all_are_the_users_mistake() throws IOException {
        Path empty = Files.createDirectory(temp.resolve("empty"));
        CommandLineRun none = CommandLineRun.of("index", empty.toString());
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("has no campaign.json at any depth");
        assertThat(empty).isEmptyDirectory();
        CommandLineRun absent =
                CommandLineRun.of("index", temp.resolve("absent").toString());
        assertThat(absent.exitCode()).isEqualTo(2);
        assertThat(absent.err()).contains("there is no folder");
    }

    @Test
    void programs_get_one_document_and_no_page() throws IOException {
        CommandLineRun run = CommandLineRun.of("index", "--json", results.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode campaigns = new ObjectMapper().readTree(run.out()).at("/machines/0/campaigns");
        assertThat(campaigns).hasSize(2);
        assertThat(campaigns.findValuesAsText("folder")).containsExactlyInAnyOrder("plain", "of/others/" + HOSTILE);
        assertThat(campaigns.get(0).get("plannedTrials").asInt()).isEqualTo(12);
        assertThat(campaigns.get(0).at("/options/0/gates")).hasSize(5);
        assertThat(results.resolve("index.html")).doesNotExist();
    }
}
