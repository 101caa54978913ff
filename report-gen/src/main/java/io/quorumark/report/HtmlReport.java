package io.quorumark.report;

import io.quorumark.report.page.Asset;
import io.quorumark.report.page.PageView;
import io.quorumark.report.page.ReportContent;
import io.quorumark.report.text.DataUri;
import io.quorumark.report.text.LineBreaks;
import io.quorumark.report.text.Template;
import io.quorumark.results.analysis.Analysis;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

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
        return render(content, PageView.of(content));
    }

    /** @param view of this content */
    public static String render(ReportContent content, PageView view) {
        List<String> downloads = Stream.<Function<Analysis, String>>of(CampaignJson::renderLine, CampaignCsv::render)
                .parallel()
                .map(download -> download.apply(content.analysis()))
                .toList();
        String page = PAGE.render(
                new Carried(
                        DataUri.of("application/json", downloads.get(0)),
                        DataUri.of("text/csv;charset=utf-8", downloads.get(1)),
                        Asset.of("page.css"),
                        Asset.of("page.js")),
                view);
        return LineBreaks.ofCells(content.campaign().cells().stream()).in(page);
    }

    /** What a page carries and Markdown does not; the names are the template's. */
    @SuppressWarnings("UnusedVariable") // read by the template, by name
    private record Carried(String jsonUri, String csvUri, Asset style, Asset script) {}
}
