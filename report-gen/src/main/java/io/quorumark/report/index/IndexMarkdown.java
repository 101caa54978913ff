package io.quorumark.report.index;

import io.quorumark.report.page.Asset;
import io.quorumark.report.text.Template;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;

/** An index as GitHub-flavoured Markdown: what the page says. */
public final class IndexMarkdown {
    private static final Template DOCUMENT = Template.markdown("index.md.mustache");

    private IndexMarkdown() {}

    /** Replaces {@code file} in one step: it is whole or as it was. */
    public static void write(CampaignIndex index, Path file) throws IOException {
        AtomicFiles.write(file, render(index));
    }

    /** The whole document. The same index gives the same text. */
    public static String render(CampaignIndex index) {
        return DOCUMENT.render(IndexView.of(index, Asset.NONE));
    }
}
