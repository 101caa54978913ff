package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fits on paper and on a line, on a page of every kind. */
@TestInstance(Lifecycle.PER_CLASS)
class LayoutBrowserTest {
    /** A4 is 210 mm wide, and 12 mm are left on either side: at 96 pixels an inch, a page that is wider is printed smaller. */
    private static final int PAPER = 703;

    private static final int MOST_PAGES = 5;

    private static final List<String> NAMES = List.of(
            "ycsb-[a-e]",
            "session-store",
            "control-plane",
            "time-series",
            "document-store",
            "RocksDB",
            "LMDB",
            "MapDB",
            "Xodus");

    private final HeadlessChromium chromium;
    private final List<Path> pages;

    LayoutBrowserTest(@TempDir Path folder) throws IOException {
        chromium = HeadlessChromium.startOrSkip();
        pages = PageKinds.all(folder);
    }

    @AfterAll
    void close() {
        chromium.close();
    }

    List<Path> pages() {
        return pages;
    }

    /** One opening for all widths, as opening a page takes as long as asking it everything. */
    @ParameterizedTest
    @MethodSource("pages")
    void names_stay_on_one_line_and_no_page_is_wider_than_paper_or_window(Path file) {
        open(file, 1280, page -> {
            requireFitsPaper(page);
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
            requireFitsPaper(page);
            requireWholeNamesAndNoOverflow(page, file.getFileName().toString());
        });
    }

    private static void requireFitsPaper(Page page) {
        page.setViewportSize(PAPER, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.evaluate("""
                width => [...document.querySelectorAll('body *')]
                  .filter(each => each.checkVisibility() && each.getBoundingClientRect().right > width + 0.5)
                  .map(each => each.tagName + '.' + each.className + ' in '
                    + (each.closest('section[aria-labelledby]')?.getAttribute('aria-labelledby') ?? 'the header'))
                  .slice(0, 5)""", PAPER)).isEqualTo(List.of());
        assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(PAPER);
    }

    private static void requireWholeNamesAndNoOverflow(Page page, String name) {
        // no line could hold the names of hostile pages
        boolean hostile = name.startsWith("hostile");
        if (!hostile) {
            assertThat(brokenNames(page)).as("on paper").isEqualTo(List.of());
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        for (int width : new int[] {1280, 390, 320}) {
            page.setViewportSize(width, 900);
            assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                    .as("%s at %d", name, width)
                    .isLessThanOrEqualTo(width);
            if (!hostile) {
                assertThat(brokenNames(page)).as("at %d", width).isEqualTo(List.of());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A4", "Letter"})
    void the_summary_of_six_engines_on_eight_workloads_prints_on_five_pages_at_the_most(String format) {
        Path wide = pages.stream()
                .filter(page -> page.endsWith(PageKinds.WIDE))
                .findFirst()
                .orElseThrow();
        open(wide, 1280, page -> {
            String pdf = new String(page.pdf(new Page.PdfOptions().setFormat(format)), StandardCharsets.ISO_8859_1);
            assertThat(pdf.split("/Type /Page\\b").length - 1).isBetween(1, MOST_PAGES);
        });
    }

    @Test
    void a_name_on_two_lines_is_found() {
        open(pages.get(0), 1280, page -> {
            page.evaluate("""
                    const narrow = document.createElement('p');
                    narrow.style.width = '4em';
                    narrow.textContent = 'session-store';
                    document.body.append(narrow);""");
            assertThat(brokenNames(page)).isEqualTo(List.of("session-store in P"));
        });
    }

    /** In running text: what scrolls sideways and commands are as they are. */
    private static Object brokenNames(Page page) {
        return page.evaluate("""
                names => {
                  const broken = [];
                  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  const each = new RegExp('(?<![\\\\w-])(' + names.join('|') + ')(?![\\\\w-])', 'g');
                  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
                    if (text.parentElement.closest('svg, pre, script, style, table.data')) continue;
                    for (const found of text.data.matchAll(each)) {
                      const range = document.createRange();
                      range.setStart(text, found.index);
                      range.setEnd(text, found.index + found[0].length);
                      const lines = new Set([...range.getClientRects()].map(rect => Math.round(rect.top)));
                      if (lines.size > 1) broken.push(found[0] + ' in ' + text.parentElement.tagName);
                    }
                  }
                  return broken;
                }""", NAMES);
    }

    private void open(Path file, int width, Consumer<Page> check) {
        chromium.open(file, width, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), check);
    }
}
