package io.quorumark.app.cli;

import io.quorumark.campaign.support.UsageError;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
        description = "Show where the cells of a history changed, on each host, by the metric that decides each cell."
                + " It alerts and does not gate: the exit code is 0.",
        footer = {
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} history perf/history.jsonl",
            "  ${ROOT-COMMAND-NAME} history perf/history.jsonl --metric p99,cpu",
            "  ${ROOT-COMMAND-NAME} history perf/history.jsonl --alert --markdown alert.md"
        })
final class HistoryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "What 'gate --history' has written.")
    private Path file = Path.of(".");

    @Option(
            names = "--metric",
            paramLabel = "ID",
            split = ",",
            description = "By these metrics of 'list metrics' instead, whichever decides; separated by commas.")
    private List<String> metrics = List.of();

    @Option(names = "--alert", description = "Print Markdown that begins with what became worse and stayed so.")
    private boolean alert;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write that Markdown here.")
    private @Nullable Path markdown;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Set<Metric> chosen = chosen();
        OutputFiles<List<HistoryChange>> outputs = new OutputFiles<List<HistoryChange>>()
                .add("--markdown", markdown, HistoryMarkdown::write)
                .keep("the history", file);
        List<HistoryEntry> entries = HistoryFile.read(file);
        List<HistoryChange> changes = chosen.isEmpty() ? HistoryChange.of(entries) : HistoryChange.of(entries, chosen);
        PrintWriter out = outputs.terminal(spec);
        if (alert) {
            out.print(HistoryMarkdown.render(changes));
        } else {
            changes.forEach(change -> out.println(line(change)));
            if (chosen.isEmpty()) {
                out.println(count(changes.size(), "", entries.size()));
            }
            for (Metric metric : chosen) {
                out.println(count(
                        changes.stream()
                                .filter(change -> change.metric() == metric)
                                .count(),
                        " of " + metric.words(),
                        entries.stream()
                                .filter(entry -> entry.by(metric).isPresent())
                                .count()));
            }
        }
        out.flush();
        boolean allWritten = outputs.write(changes, spec.commandLine().getErr());
        return allWritten ? ExitCode.DONE.code() : ExitCode.HARNESS.code();
    }

    /** In the catalogue's order; empty if none is asked for. */
    private Set<Metric> chosen() {
        Set<Metric> chosen = EnumSet.noneOf(Metric.class);
        for (String id : metrics) {
            chosen.add(Metric.of(id.strip())
                    .filter(Metric::isJudged)
                    .orElseThrow(() -> new UsageError("--metric is '" + id + "', expected one or more of "
                            + Metric.judged().stream().map(Metric::id).collect(Collectors.joining(", "))
                            + ", separated by commas")));
        }
        return chosen;
    }

    private static String count(long changes, String of, long entries) {
        return Plural.of(changes, "change point") + of + " in " + Plural.of(entries, "entry", "entries");
    }

    private static String line(HistoryChange change) {
        HistoryEntry first = change.first();
        String text = first.time() + "  " + first.engine() + " on " + first.workload() + " [" + first.seriesId()
                + "] on host "
                + first.hostFingerprint() + ": " + change.metric().words() + " "
                + MetricText.level(change.metric(), change.before())
                + " → "
                + MetricText.level(change.metric(), change.after()) + " (" + Figures.ratio(change.ratio()) + ", "
                + (change.isForTheWorse() ? "worse" : "better") + ", p " + Figures.fixed(change.pValue(), 3) + "), "
                + change.last().gitRevision() + " → " + first.gitRevision();
        return Terminal.isUnicode() ? text : Figures.ascii(text.replace("→", "->"));
    }
}
