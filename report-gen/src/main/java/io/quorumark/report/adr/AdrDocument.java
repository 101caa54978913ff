package io.quorumark.report.adr;

import io.quorumark.report.page.Findings;
import io.quorumark.report.text.Template;

/**
 * {@code adr.md}: an architecture decision record in the MADR 4 format, every number citing the campaign and cell it comes from. It proposes an option only where
 * the campaign supports verdicts, no check failed, and the leader stays ahead with every figure at the bad end of its interval.
 */
public final class AdrDocument {

    private static final Template DOCUMENT = Template.markdown("adr.md.mustache");

    private AdrDocument() {}

    /** The whole document. The same findings and weights give the same text. */
    public static String render(Findings findings, AdrWeights weights) {
        return DOCUMENT.render(AdrView.of(findings, weights));
    }
}
