package io.quorumark.report.gate;

import io.quorumark.report.page.Asset;
import io.quorumark.report.text.LineBreaks;
import io.quorumark.report.text.Template;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A gate or a comparison as one HTML file that holds everything, opens from disk and asks for nothing from the network, in the form of a
 * campaign's {@code report.html}.
 */
public final class GateHtml {
    private static final Template PAGE = Template.html("gate.html.mustache");

    private GateHtml() {}

    /** Replaces {@code file} in one step: it is whole or as it was; or writes to it, if it is a stream. */
    public static void write(GateAnswer answer, Path file) throws IOException {
        AtomicFiles.writeOutput(file, render(answer));
    }

    /** The whole page. The same answer gives the same text. */
    public static String render(GateAnswer answer) {
        String page = PAGE.render(GatePageView.of(answer, Asset.of("page.css"), Asset.of("page.js")));
        return LineBreaks.ofCells(Stream.of(answer.base(), answer.head())
                        .flatMap(side -> side.stored().campaign().cells().stream()))
                .in(page);
    }
}
