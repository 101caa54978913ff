package io.quorumark.report;

import io.quorumark.report.page.Asset;
import io.quorumark.report.page.Findings;
import io.quorumark.report.page.PageView;
import io.quorumark.report.text.Template;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * {@code report.html}: one file that holds everything, opens from disk and asks for nothing from the network. Its content security policy
 * allows this style sheet and this script by their digests and nothing else, so that text from a campaign could not run even if it escaped.
 */
public final class HtmlReport {

    private static final Template PAGE = Template.html("page.html.mustache");

    private HtmlReport() {}

    /** Replaces {@code file} in one step: it is whole or as it was. */
    public static void write(Analysis analysis, Path file) throws IOException {
        AtomicFiles.write(file, render(analysis));
    }

    /** The whole document of this analysis. */
    public static String render(Analysis analysis) {
        return render(Findings.of(analysis));
    }

    /** The whole page. The same findings give the same text. */
    public static String render(Findings findings) {
        return PAGE.render(PageView.of(
                findings, CampaignJson.renderLine(findings.analysis()), asset("page.css"), asset("page.js")));
    }

    private static Asset asset(String file) {
        String text = Template.resource(file);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Asset(text, "sha256-" + Base64.getEncoder().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }
}
