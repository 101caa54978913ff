package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The accessibility checker finds nothing on any page with everything open. */
@TestInstance(Lifecycle.PER_CLASS)
class AccessibilityTest {
    private final HeadlessChromium chromium;
    private final Axe axe;
    private final List<Path> pages;
    private final Path faulty;

    AccessibilityTest(@TempDir Path folder) throws IOException {
        chromium = HeadlessChromium.startOrSkip();
        axe = Axe.load();
        pages = List.of(
                Files.writeString(folder.resolve("report.html"), HtmlReport.render(CampaignFixture.judged())),
                Files.writeString(folder.resolve("index.html"), IndexHtml.render(IndexFixture.index())));
        faulty = Files.writeString(
                folder.resolve("faulty.html"),
                "<!DOCTYPE html><html lang=\"en\"><title>x</title><main><h1>x</h1><button></button></main></html>");
    }

    @AfterAll
    void close() {
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({"1280,LIGHT", "1280,DARK", "390,LIGHT", "390,DARK", "320,LIGHT"})
    void nothing_is_found_on_any_page_with_everything_open(int width, ColorScheme scheme) {
        for (Path file : pages) {
            chromium.open(file, width, scheme, new ArrayList<>(), new ArrayList<>(), page -> {
                page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
                assertThat(axe.violations(page)).as("%s", file.getFileName()).isEmpty();
            });
        }
    }

    @Test
    void a_button_without_a_name_is_found() {
        chromium.open(
                faulty,
                1280,
                ColorScheme.LIGHT,
                new ArrayList<>(),
                new ArrayList<>(),
                page -> assertThat(axe.violations(page))
                        .anySatisfy(found -> assertThat(found).startsWith("button-name (critical): button")));
    }
}
