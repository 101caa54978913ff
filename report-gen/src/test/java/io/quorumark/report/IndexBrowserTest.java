package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.quorumark.report.index.IndexHtml;
import java.io.IOException;
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

/** Opens an index from disk in a real browser. */
@TestInstance(Lifecycle.PER_CLASS)
class IndexBrowserTest {
    private final HeadlessChromium chromium;
    private final Path index;
    private final Path hostile;

    IndexBrowserTest(@TempDir Path folder) throws IOException {
        chromium = HeadlessChromium.startOrSkip();
        index = Files.writeString(folder.resolve("index.html"), IndexHtml.render(IndexFixture.index()));
        hostile = Files.writeString(
                folder.resolve("hostile-index.html"),
                IndexHtml.render(IndexFixture.hostile(
                        "</style></title><script>document.title = 'owned'</script><img src=x onerror=alert(1)>")));
    }

    @AfterAll
    void close() {
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({"1280,LIGHT", "1280,DARK", "1000,LIGHT", "390,LIGHT", "390,DARK", "320,LIGHT"})
    void opens_without_errors_network_or_overflow(int width, ColorScheme scheme) {
        for (Path page : List.of(index, hostile)) {
            List<String> complaints = new ArrayList<>();
            List<String> requests = new ArrayList<>();
            chromium.open(page, width, scheme, complaints, requests, opened -> {
                assertThat(complaints).isEmpty();
                assertThat(requests).containsExactly(page.toUri().toString());
                assertThat((int) opened.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
                assertThat(opened.title()).isEqualTo("Quorumark: index of campaigns");
                assertThat(opened.locator("script, img").count()).isZero();
            });
        }
    }

    @Test
    void every_card_has_a_name_a_sentence_and_a_way_to_its_report() {
        chromium.open(index, 1280, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            List<Locator> cards = page.locator("article.card").all();
            assertThat(cards).hasSize(3).allSatisfy(card -> {
                assertThat(page.locator("#" + card.getAttribute("aria-labelledby"))
                                .textContent())
                        .isEqualTo(card.locator("h3").textContent());
                assertThat(card.locator(".lead").textContent()).endsWith(".");
                assertThat(card.locator("h3 a").getAttribute("href")).isEqualTo("there/report.html");
            });
        });
    }
}
