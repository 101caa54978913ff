package io.quorumark.app.cli;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.store.CampaignReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code quorumark report}: the documents again, byte for byte. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Write report.html and report.md of a campaign again, from what is stored.",
        footer = {"%nExample:", "  quorumark report results/mine"})
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The campaign's folder.")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws IOException {
        Analysis analysis = Analysis.of(CampaignReader.read(folder));
        Documents.writeReports(analysis);
        return 0;
    }
}
