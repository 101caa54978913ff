package io.quorumark.report.adr;

import io.quorumark.report.page.Findings;
import io.quorumark.report.text.Template;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code adr.md}: an architecture decision record in the MADR 4 format, every number citing the campaign and cell it comes from. It
 * proposes an option only if the campaign supports verdicts, no check failed, and the leader stays ahead with every figure at the bad
 * end of its interval.
 */
public final class AdrDocument {

    private static final Template DOCUMENT = Template.markdown("adr.md.mustache");

    private AdrDocument() {}

    /** Replaces {@code file} in one step: it is whole or as it was. */
    public static void write(Analysis analysis, AdrWeights weights, Path file) throws IOException {
        AtomicFiles.write(file, render(Findings.of(analysis), weights));
    }

    /** The whole document. The same findings and weights give the same text. */
    public static String render(Findings findings, AdrWeights weights) {
        return DOCUMENT.render(AdrView.of(findings, weights));
    }
}
