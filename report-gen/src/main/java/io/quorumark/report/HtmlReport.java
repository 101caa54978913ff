package io.quorumark.report;

import io.quorumark.report.page.Asset;
import io.quorumark.report.page.PageView;
import io.quorumark.report.page.PageView.Downloads;
import io.quorumark.report.page.ReportContent;
import io.quorumark.report.text.Template;
import io.quorumark.results.analysis.Analysis;

/**
 * {@code report.html}: one file that holds everything, opens from disk and asks for nothing from the network. Its content security policy
 * allows this style sheet and this script by their digests and nothing else, so that text from a campaign could not run even if it escaped.
 */
public final class HtmlReport {

    private static final Template PAGE = Template.html("page.html.mustache");

    private HtmlReport() {}

    /** The whole document of this analysis. */
    public static String render(Analysis analysis) {
        return render(ReportContent.of(analysis));
    }

    /** The whole page. The same findings give the same text. */
    public static String render(ReportContent content) {
        return PAGE.render(PageView.of(
                content,
                new Downloads(CampaignJson.renderLine(content.analysis()), CampaignCsv.render(content.analysis())),
                Asset.of("page.css"),
                Asset.of("page.js")));
    }
}
