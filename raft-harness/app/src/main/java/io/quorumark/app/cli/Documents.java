package io.quorumark.app.cli;

import io.quorumark.report.HtmlReport;
import io.quorumark.report.MarkdownReport;
import io.quorumark.report.adr.AdrDocument;
import io.quorumark.report.adr.AdrWeights;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.store.CampaignFolder;
import java.io.IOException;

/** Writes a campaign's documents into its folder: pure functions of what is stored there. */
final class Documents {
    private Documents() {}

    /** {@code report.html} and {@code report.md}. */
    static void writeReports(Analysis analysis) throws IOException {
        CampaignFolder folder = analysis.stored().folder();
        HtmlReport.write(analysis, folder.reportHtml());
        MarkdownReport.write(analysis, folder.reportMarkdown());
    }

    /** {@code adr.md}. */
    static void writeAdr(Analysis analysis, AdrWeights weights) throws IOException {
        AdrDocument.write(analysis, weights, analysis.stored().folder().adr());
    }
}
