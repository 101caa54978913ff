package io.quorumark.report.index;

import io.quorumark.report.page.Asset;
import io.quorumark.report.text.LineBreaks;
import io.quorumark.report.text.Template;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** An index as one HTML file that opens from disk, runs no script and asks for nothing from the network. */
public final class IndexHtml {
    private static final Template PAGE = Template.html("index.html.mustache");

    /** What every index begins with, and no other page. */
    private static final byte[] BEGINNING =
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<title>Quorumark: index of campaigns</title>\n"
                    .getBytes(StandardCharsets.UTF_8);

    private IndexHtml() {}

    /** Replaces {@code file} in one step: it is whole or as it was; or writes to it, if it is a stream. */
    public static void write(CampaignIndex index, Path file) throws IOException {
        AtomicFiles.writeOutput(file, render(index));
    }

    /** The whole page. The same index gives the same text. */
    public static String render(CampaignIndex index) {
        String page = PAGE.render(IndexView.of(index, Asset.of("page.css")));
        return LineBreaks.of(index.machines().stream()
                        .flatMap(machine -> machine.campaigns().stream())
                        .flatMap(card -> card.names().stream())
                        .toList())
                .in(page);
    }

    /** Whether a file is an index, which may be replaced, and not somebody's own page. */
    public static boolean isIndex(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return Arrays.equals(stream.readNBytes(BEGINNING.length), BEGINNING);
        }
    }
}
