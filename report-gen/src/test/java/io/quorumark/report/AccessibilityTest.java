package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The accessibility checker finds nothing on a page with everything open; {@code -Plong}: on none of any kind. */
@TestInstance(Lifecycle.PER_CLASS)
class AccessibilityTest {
    private final HeadlessChromium chromium;
    private final Axe axe;
    private final Path folder;
    private final Path faulty;

    AccessibilityTest(@TempDir Path folder) throws IOException {
        chromium = HeadlessChromium.startOrSkip();
        axe = Axe.load();
        this.folder = folder;
        faulty = Files.writeString(
                folder.resolve("faulty.html"),
                "<!DOCTYPE html><html lang=\"en\"><title>x</title><main><h1>x</h1><button></button>"
                        + "<p style=\"color: #999; background: #aaa\">pale</p></main></html>");
    }

    @AfterAll
    void close() {
        chromium.close();
    }

    /**
     * The pages that have all parts, in both layouts and colours. The others differ from them in what is on them, and not in how their
     * tables are made nor in their colours.
     */
    Stream<Arguments> openings() throws IOException {
        return PageKinds.withAllParts(folder).stream()
                .flatMap(page -> Stream.of(
                        Arguments.of(page, 1280, ColorScheme.LIGHT, Axe.Scope.FIRST_ROWS),
                        Arguments.of(page, 1280, ColorScheme.DARK, Axe.Scope.COLOURS),
                        Arguments.of(page, 320, ColorScheme.DARK, Axe.Scope.FIRST_ROWS)));
    }

    @ParameterizedTest
    @MethodSource("openings")
    void nothing_is_found_on_a_page_with_all_parts_and_everything_open(
            Path file, int width, ColorScheme scheme, Axe.Scope asked) {
        requireNothingFound(file, width, scheme, asked);
    }

    /** Every row of every page in both layouts and colours. The widest differs from the first one in how many groups it has. */
    Stream<Arguments> wholePages() throws IOException {
        return PageKinds.all(folder).stream()
                .filter(page -> !page.endsWith(PageKinds.WIDE))
                .flatMap(page -> Stream.of(
                        Arguments.of(page, 1280, ColorScheme.LIGHT), Arguments.of(page, 320, ColorScheme.DARK)));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("wholePages")
    void nothing_is_found_in_any_row(Path file, int width, ColorScheme scheme) {
        requireNothingFound(file, width, scheme, Axe.Scope.EVERYTHING);
    }

    private void requireNothingFound(Path file, int width, ColorScheme scheme, Axe.Scope asked) {
        chromium.open(file, width, scheme, new ArrayList<>(), new ArrayList<>(), page -> {
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
            assertThat(axe.violations(page, asked))
                    .as("%s of %s", asked, file.getFileName())
                    .isEmpty();
            assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                    .as("%s", file.getFileName())
                    .isLessThanOrEqualTo(width);
        });
    }

    @Test
    void a_button_without_a_name_and_a_text_without_contrast_are_found() {
        chromium.open(faulty, 1280, ColorScheme.LIGHT, new ArrayList<>(), new ArrayList<>(), page -> {
            assertThat(axe.violations(page, Axe.Scope.EVERYTHING))
                    .containsExactlyInAnyOrder("button-name (critical): button", "color-contrast (serious): p");
            assertThat(axe.violations(page, Axe.Scope.COLOURS)).containsExactly("color-contrast (serious): p");
        });
    }
}
