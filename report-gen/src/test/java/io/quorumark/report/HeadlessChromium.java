package io.quorumark.report;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The system's Chromium, without a network, driven by Playwright. Nothing is downloaded: if there is no browser, tests are skipped and
 * say so.
 */
final class HeadlessChromium implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private final Playwright playwright;
    private final Browser browser;

    private HeadlessChromium(Path executable) {
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setHeadless(true)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    static HeadlessChromium startOrSkip() {
        Optional<Path> executable = find();
        Assumptions.assumeTrue(
                executable.isPresent(), "no browser: none of " + NAMES + " is on the PATH, so the page was not opened");
        return new HeadlessChromium(executable.orElseThrow());
    }

    /** @throws IllegalStateException there is no browser */
    static HeadlessChromium start() {
        return new HeadlessChromium(find().orElseThrow(
                        () -> new IllegalStateException("no browser: none of " + NAMES + " is on the PATH")));
    }

    /** Opens a file; what the console says and what is asked for is collected before the check. */
    void open(
            Path file,
            int width,
            ColorScheme scheme,
            List<String> complaints,
            List<String> requests,
            Consumer<Page> check) {
        try (Page page = browser.newPage(
                new Browser.NewPageOptions().setViewportSize(width, 900).setColorScheme(scheme))) {
            page.onConsoleMessage(message -> complaints.add(message.text()));
            page.onPageError(complaints::add);
            page.onRequest(request -> requests.add(request.url()));
            page.navigate(file.toUri().toString());
            shoot(page, file, width, scheme);
            check.accept(page);
        }
    }

    /** Opens a file as a browser does that runs no scripts. */
    void openWithoutScripts(Path file, int width, Consumer<Page> check) {
        try (Page page = browser.newPage(
                new Browser.NewPageOptions().setViewportSize(width, 900).setJavaScriptEnabled(false))) {
            page.navigate(file.toUri().toString());
            check.accept(page);
        }
    }

    /**
     * With {@code -Dreport.shots=FOLDER} every opened page is kept as a picture, for people to look at; a wide dark one also in forced
     * colours, and a wide light one as it prints.
     */
    private static void shoot(Page page, Path file, int width, ColorScheme scheme) {
        String folder = System.getProperty("report.shots");
        if (folder == null) {
            return;
        }
        String name = file.getFileName() + "-" + width + "-" + scheme;
        shoot(page, Path.of(folder, name + ".png"));
        if (width >= 1000 && scheme == ColorScheme.DARK) {
            page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
            shoot(page, Path.of(folder, name + "-forced.png"));
            page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.NONE));
        } else if (width >= 1000) {
            page.pdf(new Page.PdfOptions().setFormat("A4").setPath(Path.of(folder, name + ".pdf")));
        }
    }

    private static void shoot(Page page, Path picture) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(picture));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Optional<Path> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return NAMES.stream()
                .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
