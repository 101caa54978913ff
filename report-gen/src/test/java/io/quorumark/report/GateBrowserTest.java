package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quorumark.report.gate.GateHtml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opens the pages of gates and comparisons from disk in a real browser. */
@TestInstance(Lifecycle.PER_CLASS)
class GateBrowserTest {
    private static final String HOSTILE =
            "</style></script><script>document.title = 'owned'</script><img src=x onerror=alert(1)>";

    private final HeadlessChromium chromium;
    private final Path gate;
    private final List<Path> pages;

    GateBrowserTest(@TempDir Path folder) throws IOException {
        chromium = HeadlessChromium.startOrSkip();
        gate = Files.writeString(folder.resolve("gate.html"), GateHtml.render(GateFixture.regression()));
        pages = List.of(
                gate,
                Files.writeString(folder.resolve("comparison.html"), GateHtml.render(GateFixture.comparison())),
                Files.writeString(folder.resolve("unmeasured.html"), GateHtml.render(GateFixture.unmeasured())),
                Files.writeString(folder.resolve("hostile-gate.html"), GateHtml.render(GateFixture.hostile(HOSTILE))));
    }

    @AfterAll
    void close() {
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({"1280,LIGHT", "1280,DARK", "1000,LIGHT", "390,LIGHT", "320,DARK"})
    void opens_without_errors_network_or_overflow_with_everything_open(int width, ColorScheme scheme) {
        for (Path file : pages) {
            List<String> complaints = new ArrayList<>();
            List<String> requests = new ArrayList<>();
            chromium.open(file, width, scheme, complaints, requests, page -> {
                assertThat(page.title()).startsWith("Quorumark");
                page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
                assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                        .as("%s", file.getFileName())
                        .isLessThanOrEqualTo(width);
                assertThat(complaints).isEmpty();
                assertThat(requests).containsExactly(file.toUri().toString());
            });
        }
    }

    @Test
    void cells_sort_from_the_keyboard() {
        chromium.open(gate, 1280, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            Locator ratio = page.locator("table.results th", new Page.LocatorOptions().setHasText("Ratio"));
            assertThat(verdicts(page)).startsWith("worse", "worse");
            ratio.locator("button").focus();
            page.keyboard().press("Enter");
            assertThat(ratio.getAttribute("aria-sort")).isEqualTo("ascending");
            assertThat(verdicts(page)).startsWith("worse", "worse");
            page.keyboard().press("Enter");
            assertThat(verdicts(page)).endsWith("worse", "worse");
        });
    }

    @Test
    void all_of_it_is_there_without_a_script() {
        chromium.openWithoutScripts(gate, 1280, page -> {
            assertThat(page.locator("table.results tbody tr").count()).isEqualTo(8);
            assertThat(page.locator("figure svg.wide:visible").count()).isEqualTo(6);
            assertThat(page.locator(".zoom").count()).isZero();
        });
    }

    @Test
    void its_figures_can_be_had_as_csv_and_json() {
        chromium.open(gate, 1280, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            for (String kind : List.of("csv", "json")) {
                Download download = page.waitForDownload(
                        () -> page.locator("a[download$='." + kind + "']").click());
                assertThat(download.suggestedFilename()).isEqualTo("gate-20261127T220612Z-adr-77aa." + kind);
                assertThat(content(download))
                        .startsWith(kind.equals("csv") ? "base_campaign," : "{\"formatVersion\":1");
            }
        });
    }

    @Test
    void it_prints_on_five_pages_at_the_most() {
        chromium.open(gate, 1280, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            String text = new String(page.pdf(new Page.PdfOptions().setFormat("A4")), StandardCharsets.ISO_8859_1);
            assertThat(text.split("/Type /Page\\b").length - 1).isBetween(1, 5);
        });
    }

    private static List<String> verdicts(Page page) {
        return page.locator("table.results .verdict").allTextContents();
    }

    private static String content(Download download) {
        try {
            return Files.readString(download.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
