package io.quorumark.report.index;

import io.quorumark.report.page.Asset;
import io.quorumark.report.text.Template;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An index as GitHub-flavoured Markdown: what the page says. */
public final class IndexMarkdown {
    private static final Template DOCUMENT = Template.markdown("index.md.mustache");

    /** What every index begins with. */
    private static final Pattern HEADLINE = Pattern.compile("# [0-9,]+ campaigns? on [0-9,]+ machines?.*");

    private IndexMarkdown() {}

    /** Replaces {@code file} in one step: it is whole or as it was; or writes to it, if it is a stream. */
    public static void write(CampaignIndex index, Path file) throws IOException {
        AtomicFiles.writeOutput(file, render(index));
    }

    /** Whether a file is an index, which may be replaced, and not somebody's own text. */
    public static boolean isIndex(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.limit(1).anyMatch(HEADLINE.asMatchPredicate());
        }
    }

    /** The whole document. The same index gives the same text. */
    public static String render(CampaignIndex index) {
        return DOCUMENT.render(IndexView.of(index, Asset.NONE));
    }
}
