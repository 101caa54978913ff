package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotType;
import io.quorumark.results.store.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pictures that README shows were taken of the first screen that the kept campaign's page has now. Each holds the digest of it, so that
 * this needs no browser; {@code scripts/reference} takes those anew that are of another one ({@code -Dreference.write=true}).
 */
class KeptPictureTest {
    private static final Path PAGE = Path.of("../results/reference/five-engines/report.html");
    private static final Path PICTURES = Path.of("../docs/pictures");
    private static final int WIDTH = 1280;
    private static final int MOST_BYTES = 300_000;

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void shows_the_first_screen_of_the_kept_page(ColorScheme scheme) throws IOException {
        Path picture = PICTURES.resolve("report-" + scheme.name().toLowerCase(Locale.ROOT) + ".png");
        String screen = firstScreen();
        if (Boolean.getBoolean("reference.write") && !noteOf(picture).equals(Optional.of(screen))) {
            Files.createDirectories(PICTURES);
            Files.write(picture, PngNote.added(taken(scheme), screen));
        }
        assertThat(noteOf(picture))
                .as("the first screen that %s shows, by its digest; scripts/reference takes it anew", picture)
                .contains(screen);
        assertThat(Files.size(picture)).as("bytes of %s", picture).isLessThan(MOST_BYTES);
    }

    /** The digest of the style and of all that stands before the first table of a workload. */
    private static String firstScreen() throws IOException {
        String page = Files.readString(PAGE);
        int end = page.indexOf("</header>");
        assertThat(end).as("the end of the header in %s", PAGE).isPositive();
        return "SHA-256 of report.html up to the end of its header: " + Sha256.of(page.substring(0, end));
    }

    private static Optional<String> noteOf(Path picture) throws IOException {
        return Files.exists(picture) ? PngNote.of(Files.readAllBytes(picture)) : Optional.empty();
    }

    private static byte[] taken(ColorScheme scheme) {
        byte[][] taken = new byte[1][];
        try (HeadlessChromium chromium = HeadlessChromium.start()) {
            chromium.open(PAGE, WIDTH, scheme, new ArrayList<>(), new ArrayList<>(), page -> {
                double height = ((Number) page.evaluate("document.querySelector('main').getBoundingClientRect().top"))
                        .doubleValue();
                taken[0] = page.screenshot(new Page.ScreenshotOptions()
                        .setType(ScreenshotType.PNG)
                        .setFullPage(true)
                        .setClip(0, 0, WIDTH, Math.ceil(height)));
            });
        }
        return taken[0];
    }
}
