package io.quorumark.app.cli;

import io.quorumark.report.HistoryMarkdown;
import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MetricText;
import io.quorumark.results.ExitCode;
import io.quorumark.results.history.HistoryChange;
import io.quorumark.results.history.HistoryEntry;
import io.quorumark.results.history.HistoryFile;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.text.Plural;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorumark history}: when did it change? */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description =
                "Show where the figures of a history changed, for each cell and host. It alerts and does not gate: the exit code is 0.",
        footer = {
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} history perf/history.jsonl",
            "  ${ROOT-COMMAND-NAME} history perf/history.jsonl --alert --markdown alert.md"
        })
final class HistoryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "What 'gate --history' has written.")
    private Path file = Path.of(".");

    @Option(names = "--alert", description = "Print Markdown that begins with what became worse and stayed so.")
    private boolean alert;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write that Markdown here.")
    private @Nullable Path markdown;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        OutputFiles.check("--markdown", markdown);
        List<HistoryEntry> entries = HistoryFile.read(file);
        List<HistoryChange> changes = HistoryChange.of(entries);
        PrintWriter out = spec.commandLine().getOut();
        if (alert) {
            out.print(HistoryMarkdown.render(changes));
        } else {
            changes.forEach(change -> out.println(line(change)));
            out.println(
                    Plural.of(changes.size(), "change point") + " in " + Plural.of(entries.size(), "entry", "entries"));
        }
        out.flush();
        boolean allWritten = new OutputFiles()
                .add("--markdown", markdown, file -> HistoryMarkdown.write(changes, file))
                .write(spec.commandLine().getErr());
        return allWritten ? ExitCode.DONE.code() : ExitCode.HARNESS.code();
    }

    private static String line(HistoryChange change) {
        HistoryEntry first = change.first();
        String text = first.time() + "  " + first.engine() + " on " + first.workload() + " [" + first.seriesId()
                + "] on host "
                + first.hostFingerprint() + ": " + first.figure().words() + " " + level(first.figure(), change.before())
                + " → "
                + level(first.figure(), change.after()) + " (" + Figures.ratio(change.ratio()) + ", "
                + (change.isForTheWorse() ? "worse" : "better") + ", p " + Figures.fixed(change.pValue(), 3) + "), "
                + change.last().gitRevision() + " → " + first.gitRevision();
        return Terminal.isUnicode() ? text : Figures.ascii(text.replace("→", "->"));
    }

    private static String level(Metric figure, double value) {
        return MetricText.level(figure, value);
    }
}
