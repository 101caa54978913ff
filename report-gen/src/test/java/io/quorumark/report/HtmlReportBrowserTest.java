package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Opens the page from disk in a real browser. */
@TestInstance(Lifecycle.PER_CLASS)
class HtmlReportBrowserTest {

    private static final String HOSTILE =
            "</style></script><script>document.title = 'owned'</script><img src=x onerror=alert(1)>";

    private final HeadlessChromium chromium;
    private final Path report;
    private final Path hostile;

    HtmlReportBrowserTest(@TempDir Path folder) throws IOException {
        chromium = HeadlessChromium.startOrSkip();
        report = Files.writeString(folder.resolve("report.html"), HtmlReport.render(CampaignFixture.judged()));
        hostile =
                Files.writeString(folder.resolve("hostile.html"), HtmlReport.render(CampaignFixture.hostile(HOSTILE)));
    }

    @AfterAll
    void close() {
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({"1280,LIGHT", "1280,DARK", "961,LIGHT", "1000,LIGHT", "700,LIGHT", "390,LIGHT", "390,DARK", "320,LIGHT"
    })
    void opens_without_errors_network_or_overflow(int width, ColorScheme scheme) {
        List<String> complaints = new ArrayList<>();
        List<String> requests = new ArrayList<>();
        chromium.open(report, width, scheme, complaints, requests, page -> {
            assertThat(complaints).isEmpty();
            assertThat(requests).containsExactly(report.toUri().toString());
            assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(width);
        });
    }

    @Test
    void both_colour_schemes_differ_and_keep_text_readable() {
        String[] backgrounds = new String[2];
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            chromium.open(report, 1280, scheme, new ArrayList<>(), new ArrayList<>(), page -> {
                backgrounds[scheme == ColorScheme.DARK ? 1 : 0] =
                        (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
                double contrast = ((Number) page.evaluate("""
                        () => {
                          const luminance = colour => {
                            const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map(v => v / 255)
                              .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                          };
                          const back = luminance(getComputedStyle(document.body).backgroundColor);
                          return Math.min(...[...document.querySelectorAll('p, th, td, .sub, .caveat, text')].map(e => {
                            const style = getComputedStyle(e);
                            const front = luminance(e.tagName === 'text' ? style.fill : style.color);
                            return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
                          }));
                        }""")).doubleValue();
                assertThat(contrast).isGreaterThanOrEqualTo(4.5);
            });
        }
        assertThat(backgrounds[0]).isNotEqualTo(backgrounds[1]);
    }

    @Test
    void the_table_sorts_from_the_keyboard() {
        chromium.open(report, 1280, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            Locator table = page.locator("table.results").first();
            Locator head = table.locator("th[data-kind=number]").first();
            head.locator("button").focus();
            page.keyboard().press("Enter");
            assertThat(head.getAttribute("aria-sort")).isEqualTo("descending");
            assertThat(engines(table)).containsExactly("LMDB", "RocksDB", "Xodus †", "MapDB (log: memory) †");
            page.keyboard().press("Space");
            assertThat(head.getAttribute("aria-sort")).isEqualTo("ascending");
            assertThat(engines(table)).containsExactly("MapDB (log: memory) †", "Xodus †", "RocksDB", "LMDB");
        });
    }

    @Test
    void an_engine_leaves_and_returns_to_every_chart_from_the_keyboard() {
        chromium.open(report, 1280, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            Locator button = page.locator(".legend button[data-series=LMDB]");
            Locator hidden = page.locator(".series.off[data-series=LMDB]");
            int series = page.locator(".series[data-series=LMDB]").count();
            button.focus();
            page.keyboard().press("Enter");
            assertThat(button.getAttribute("aria-pressed")).isEqualTo("false");
            assertThat(hidden.count()).isEqualTo(series).isPositive();
            page.keyboard().press("Enter");
            assertThat(hidden.count()).isZero();
        });
    }

    @Test
    void an_engine_leaves_the_charts_of_telephones_though_these_point_to_the_large_ones() {
        chromium.open(report, 390, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            Locator button = page.locator(".legend button[data-series=LMDB]");
            for (String figure : List.of("group-1-time", "group-1-stages")) {
                Locator plot = page.locator("figure[aria-labelledby=" + figure + "] svg.narrow svg")
                        .first();
                byte[] whole = plot.screenshot();
                button.click();
                assertThat(plot.screenshot()).as(figure).isNotEqualTo(whole);
                button.click();
                assertThat(plot.screenshot()).as(figure).isEqualTo(whole);
            }
        });
    }

    @Test
    void every_chart_has_a_name_and_a_table() {
        chromium.open(report, 1280, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            List<Locator> figures = page.locator("figure").all();
            assertThat(figures).hasSize(8);
            for (Locator figure : figures) {
                assertThat(figure.locator("svg[role=img]").all())
                        .allSatisfy(svg ->
                                assertThat(svg.getAttribute("aria-label")).isNotBlank());
                assertThat(figure.locator("svg[role=img]:visible").count()).isOne();
                assertThat(figure.locator("table.data tbody tr").count()).isGreaterThan(1);
            }
        });
    }

    @Test
    void a_window_into_the_axis_of_time_is_chosen_from_the_keyboard_and_holds_for_all_panels() {
        chromium.open(report, 1280, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            Locator figure = page.locator("figure[aria-labelledby=group-1-time]");
            Locator sliders = figure.locator(".zoom input");
            assertThat(sliders.count()).isEqualTo(2);
            int marks = figure.locator("svg.wide .lane use:visible").count();
            String before = figure.locator("svg.wide").getAttribute("class");
            sliders.first().focus();
            for (int i = 0; i < 8; i++) {
                page.keyboard().press("ArrowRight");
            }
            assertThat(figure.locator(".zoom output").textContent()).isEqualTo("8 to 20");
            assertThat(figure.locator("svg.wide .plot")
                            .evaluateAll("plots => plots.map(each => each.getAttribute('viewBox'))"))
                    .isEqualTo(List.of("800 0 1200 600", "800 0 1200 600", "800 0 1200 600"));
            assertThat(figure.locator("svg.wide .time .tick.middle").allTextContents())
                    .contains("8", "20")
                    .doesNotContain("0");
            assertThat(figure.locator("svg.wide .lane use:visible").count())
                    .isLessThan(marks)
                    .isPositive();
            page.keyboard().press("Home");
            assertThat(figure.locator("svg.wide").getAttribute("class")).isEqualTo(before);
            assertThat(figure.locator("svg.wide .lane use:visible").count()).isEqualTo(marks);
        });
    }

    @Test
    void a_mark_that_is_pointed_at_tells_its_row_of_the_table_of_stalls() {
        chromium.open(report, 1280, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            Locator lane =
                    page.locator("figure[aria-labelledby=group-1-time] svg.wide .series[data-series=LMDB] .lane");
            Locator longest = lane.locator("use").last();
            longest.dispatchEvent("pointerover");
            assertThat(longest.locator("title").textContent())
                    .matches("LMDB, block 12, second 7.55: update took 71.0 ms; log cut 58.0 ms, no processor 2.00 ms");
        });
    }

    @Test
    void lines_are_those_of_the_table_at_every_size() {
        for (int width : new int[] {1280, 390}) {
            chromium.open(report, width, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
                Locator figure = page.locator("figure[aria-labelledby=group-1-time]");
                Locator plot = figure.locator("svg[role=img]:visible .plot").first();
                // the last second of the fastest engine, as far below the top as its rate is below the axis's end
                assertThat(((Number) plot.evaluate("""
                                plot => {
                                  const use = plot.querySelector('use');
                                  const lines = use ? document.querySelector(use.getAttribute('href')) : plot;
                                  const line = lines.querySelector('[data-series=LMDB] path.line');
                                  const end = line.getPointAtLength(line.getTotalLength());
                                  const top = [...plot.closest('svg.chart').querySelectorAll('.tick.end')]
                                    .reduce((a, b) => Number(a.getAttribute('y')) < Number(b.getAttribute('y')) ? a : b);
                                  return (1 - end.y / 600) * parseFloat(top.textContent) * 1000;
                                }""")).doubleValue())
                        .isCloseTo(lastRateOfLmdb(figure), within(100.0));
                assertThat(plot.locator("[data-series=LMDB], use").first().boundingBox().width)
                        .isPositive();
            });
        }
    }

    /** In operations per second, from the figure's own table. */
    private static double lastRateOfLmdb(Locator figure) {
        Locator table = figure.locator("table.data").first();
        int column = table.locator("thead th").allTextContents().stream()
                .map(String::strip)
                .toList()
                .indexOf("LMDB, ops/s");
        String text = String.valueOf(table.locator("tbody tr")
                        .last()
                        .locator("td")
                        .nth(column)
                        .textContent())
                .strip();
        assertThat(text).endsWith(" k");
        return 1_000 * Double.parseDouble(text.substring(0, text.length() - 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 390, 320})
    void with_everything_open_nothing_overflows_and_no_focus_is_covered(int width) {
        chromium.open(report, width, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
            assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(width);
            assertThat((int) page.evaluate("""
                    () => {
                      const legend = document.querySelector('.legend');
                      return [...document.querySelectorAll('a[href], button, summary, [tabindex]')]
                        .filter(each => !legend.contains(each) && each.getClientRects().length > 0)
                        .filter(each => {
                          each.focus();
                          const covering = legend.getBoundingClientRect();
                          const covered = each.getBoundingClientRect();
                          return getComputedStyle(legend).position === 'sticky' && covering.top < 1
                            && covered.top < covering.bottom - 1 && covered.bottom > covering.top;
                        }).length;
                    }""")).isZero();
        });
    }

    @Test
    void a_title_that_the_contents_lead_to_is_not_covered() {
        chromium.open(report, 1280, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            for (Locator link : page.locator("nav.contents a").all()) {
                link.click();
                String id = link.getAttribute("href").substring(1);
                assertThat((boolean) page.evaluate(
                                "id => document.getElementById(id).getBoundingClientRect().top"
                                        + " >= document.querySelector('.legend').getBoundingClientRect().bottom",
                                id))
                        .as(id)
                        .isTrue();
            }
        });
    }

    @Test
    void fields_of_every_table_stay_labelled_on_a_telephone() {
        chromium.open(report, 320, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            assertThat(page.locator("table.results td, table.matrix td").all()).isNotEmpty();
            assertThat((int) page.evaluate("""
                    () => [...document.querySelectorAll('table.results td, table.matrix td:not(:first-child)')]
                      .filter(each => getComputedStyle(each, '::before').content === 'none').length""")).isZero();
        });
    }

    @Test
    void the_summary_prints_on_five_pages_at_the_most_and_its_tables_stay_tables() {
        chromium.open(report, 1280, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            byte[] pdf = page.pdf(new Page.PdfOptions().setFormat("A4"));
            String text = new String(pdf, java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(text.split("/Type /Page\\b").length - 1).isBetween(1, 5);
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
            assertThat(page.evaluate("getComputedStyle(document.querySelector('table.results td')).display"))
                    .isEqualTo("table-cell");
        });
    }

    @Test
    void text_from_outside_is_inert() {
        List<String> complaints = new ArrayList<>();
        List<String> requests = new ArrayList<>();
        chromium.open(hostile, 1280, ColorScheme.LIGHT, complaints, requests, page -> {
            assertThat(page.title()).startsWith("Quorumark");
            assertThat(page.locator("img").count()).isZero();
            assertThat(page.locator(".caveat", new Page.LocatorOptions().setHasText("owned"))
                            .count())
                    .isPositive();
            assertThat(complaints).isEmpty();
            assertThat(requests).hasSize(1);
        });
    }

    @Test
    void its_figures_can_be_had_as_csv_and_json_without_a_network() {
        List<String> complaints = new ArrayList<>();
        chromium.open(report, 1280, ColorScheme.LIGHT, complaints, new ArrayList<>(), page -> {
            for (String kind : List.of("csv", "json")) {
                Download download = page.waitForDownload(
                        () -> page.locator("a[download$='." + kind + "']").click());
                assertThat(download.suggestedFilename()).isEqualTo("20261120T220612Z-adr-4f1c." + kind);
                try (InputStream content = download.createReadStream()) {
                    assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
                            .startsWith(
                                    kind.equals("csv")
                                            ? "cell,engine,"
                                            : "{\"formatVersion\":1,\"campaignId\":\"20261120T220612Z-adr-4f1c\",")
                            .contains("a00000000001");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            assertThat(complaints).isEmpty();
        });
    }

    private static List<String> engines(Locator table) {
        return table.locator("tbody th").evaluateAll("heads => heads.map(h => h.dataset.sort)") instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }
}
