package io.quorumark.report;

import io.quorumark.report.page.Asset;
import io.quorumark.report.page.Findings;
import io.quorumark.report.page.PageView;
import io.quorumark.report.text.Template;

/** {@code report.md}: verdict, checks, tables and caveats of the web page as GitHub-flavoured Markdown, without its charts. */
public final class MarkdownReport {

    private static final Template DOCUMENT = Template.markdown("report.md.mustache");

    private MarkdownReport() {}

    /** The whole document. The same findings give the same text. */
    public static String render(Findings findings) {
        return DOCUMENT.render(PageView.of(findings, Asset.NONE, Asset.NONE));
    }
}
