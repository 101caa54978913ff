package io.quorumark.app.cli;

import io.quorumark.report.CampaignJson;
import io.quorumark.report.page.ReportContent;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.store.CampaignReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorumark report}: the documents again, byte for byte. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Write report.html and report.md of a campaign again, from what is stored.",
        footer = {
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} report results/mine",
            "  ${ROOT-COMMAND-NAME} report --json results/mine"
        })
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The campaign's folder.")
    private Path folder = Path.of(".");

    @Option(
            names = "--json",
            description = "Print what follows from the campaign as JSON, for programs, and write nothing.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Analysis analysis = Analysis.of(CampaignReader.read(folder));
        if (json) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(CampaignJson.render(analysis));
            out.flush();
        } else {
            Documents.writeReports(ReportContent.of(analysis));
        }
        return 0;
    }
}
