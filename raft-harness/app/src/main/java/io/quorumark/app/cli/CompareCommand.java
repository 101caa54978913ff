package io.quorumark.app.cli;

import io.quorumark.report.gate.GateJson;
import io.quorumark.report.gate.GateMarkdown;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.gate.Gate;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.store.CampaignReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorumark compare}: what differs between two campaigns, with nothing to pass or fail. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Compare two campaigns of the same machine cell by cell; a difference fails nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:compared",
            "2:usage or configuration error",
            "3:inconclusive, with --strict",
            "4:a campaign is incorrect",
            "5:a campaign is unfair",
            "6:nothing comparable, with --strict"
        },
        footer = {"%nExample:", "  ${ROOT-COMMAND-NAME} compare results/before results/after"})
final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "The campaign to compare with.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path base;

    @Parameters(index = "1", paramLabel = "B", description = "The campaign to compare: ratios are B over A.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path head;

    @Option(names = "--strict", description = "Fail where the data cannot tell.")
    private boolean strict;

    @Option(names = "--json", description = "Print JSON, for programs, instead of Markdown.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        Analysis before = Analysis.of(CampaignReader.read(base));
        Analysis after = Analysis.of(CampaignReader.read(head));
        GateResult result = Gate.comparison(before, after, strict);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? GateJson.render(result) : GateMarkdown.renderComparison(result));
        out.flush();
        return result.exitCode().code();
    }
}
