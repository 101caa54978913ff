package io.quorumark.report;

import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MarkdownText;
import io.quorumark.report.text.Template;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A gate's verdict as Markdown, for a pull request's comment or a CI job's summary. */
public final class GateMarkdown {

    private static final Template DOCUMENT = Template.markdown("gate.md.mustache");

    private GateMarkdown() {}

    /** Replaces {@code file} in one step: it is whole or as it was. */
    public static void write(GateResult gate, Path file) throws IOException {
        AtomicFiles.write(file, render(gate));
    }

    /** The whole document. The same result gives the same text. */
    public static String render(GateResult gate) {
        return DOCUMENT.render(new View(
                (gate.passed() ? "Passed" : "Failed") + ": "
                        + words(gate.exitCode().name()),
                gate.baseCampaignId(),
                gate.headCampaignId(),
                Figures.percent(gate.equivalenceBand()),
                Figures.percent(gate.confidence()),
                !gate.cells().isEmpty(),
                gate.problems(),
                gate.cells().stream().map(GateMarkdown::row).toList()));
    }

    record View(
            String outcome,
            String base,
            String head,
            String band,
            String confidence,
            boolean hasCells,
            List<String> problems,
            List<Row> cells) {}

    record Row(String engine, String workload, String cellId, String ratio, String blocks, String p, String verdict) {}

    private static Row row(GateCell cell) {
        return new Row(
                cell.cell().engineName() + (cell.cell().caveats().isEmpty() ? "" : " †"),
                cell.cell().workload(),
                MarkdownText.code(cell.cell().id()),
                ratio(cell.throughput().ratio()),
                String.valueOf(cell.throughput().blocks()),
                Figures.fixed(cell.holmPValue(), 4),
                words(cell.verdict().name()));
    }

    /** {@code 0.914× [0.90, 0.93]}. */
    static String ratio(Interval ratio) {
        return Figures.ratio(ratio.estimate()) + " [" + Figures.significant(ratio.low()) + ", "
                + Figures.significant(ratio.high()) + "]";
    }

    static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
