package io.quorumark.app.cli;

import io.quorumark.campaign.support.Invocation;
import io.quorumark.report.gate.GateAnswer;
import io.quorumark.report.gate.GateHtml;
import io.quorumark.report.gate.GateJson;
import io.quorumark.report.gate.GateMarkdown;
import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.gate.Gate;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.store.CampaignReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "3:inconclusive, with --strict; without it too if nothing can be judged",
            "4:a campaign is incorrect or damaged",
            "5:a campaign is unfair",
            "6:nothing comparable, with --strict",
            "7:the machine failed, or the page or standard output could not be written"
        },
        footer = {
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} compare results/before results/after",
            "  ${ROOT-COMMAND-NAME} compare results/before results/after --html comparison.html"
        })
final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "The campaign to compare with.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path base;

    @Parameters(index = "1", paramLabel = "B", description = "The campaign to compare: ratios are B over A.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path head;

    @Option(names = "--strict", description = "Fail if the data cannot tell.")
    private boolean strict;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page here: one file, for people.")
    private @Nullable Path html;

    @Option(names = "--json", description = "Print JSON, for programs, instead of Markdown.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        OutputFiles<GateAnswer> outputs = new OutputFiles<GateAnswer>().add("--html", html, GateHtml::write);
        Analysis before = Analysis.of(CampaignReader.read(base));
        Analysis after = Analysis.of(CampaignReader.read(head));
        GateResult result = Gate.comparison(before, after, strict);
        PrintWriter out = outputs.terminal(spec);
        out.print(json ? GateJson.render(result) : GateMarkdown.renderComparison(result));
        out.flush();
        GateAnswer answer = new GateAnswer(GateAnswer.Kind.COMPARISON, result, before, after, command());
        boolean written = outputs.write(answer, spec.commandLine().getErr());
        return (written || result.exitCode() != ExitCode.DONE ? result.exitCode() : ExitCode.HARNESS).code();
    }

    private String command() {
        List<String> words =
                new ArrayList<>(List.of("compare", Invocation.pathInCheckout(base), Invocation.pathInCheckout(head)));
        if (strict) {
            words.add("--strict");
        }
        return Invocation.inCheckout(words);
    }
}
