package io.quorumark.report;

import io.quorumark.report.page.PageView;
import io.quorumark.report.page.ReportContent;
import io.quorumark.report.text.Template;
import io.quorumark.results.analysis.Analysis;

/** {@code report.md}: verdict, checks, tables and caveats of the web page as GitHub-flavoured Markdown, without its charts. */
public final class MarkdownReport {

    private static final Template DOCUMENT = Template.markdown("report.md.mustache");

    private MarkdownReport() {}

    /** The whole document of this analysis. */
    public static String render(Analysis analysis) {
        return render(ReportContent.of(analysis));
    }

    /** The whole document. The same findings give the same text. */
    public static String render(ReportContent content) {
        return render(PageView.of(content));
    }

    /** @param view of the content that it is about */
    public static String render(PageView view) {
        return DOCUMENT.render(view);
    }
}
