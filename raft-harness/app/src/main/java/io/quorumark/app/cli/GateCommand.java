package io.quorumark.app.cli;

import io.quorumark.campaign.support.Invocation;
import io.quorumark.campaign.support.OutputPath;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.report.gate.GateAnswer;
import io.quorumark.report.gate.GateFormat;
import io.quorumark.report.gate.GateJson;
import io.quorumark.report.gate.GateMarkdown;
import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.gate.Gate;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.Waivers;
import io.quorumark.results.history.HistoryEntry;
import io.quorumark.results.history.HistoryFile;
import io.quorumark.results.store.CampaignReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quorumark gate}: did it get slower? */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description =
                "Compare a head campaign with a base campaign of the same machine, or measure two revisions by turns and compare them.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no regression, or only waived or unconfirmed ones",
            "1:a regression; with revisions, confirmed by a second session",
            "2:usage or configuration error: options, waivers, folders that hold no campaign",
            "3:inconclusive, with --strict; without it too if nothing can be judged: no trial of the head counts, none of what ran can"
                    + " be told apart and planned trials are missing, or base and head are the same campaign",
            "4:a campaign is incorrect, or a campaign or the history is damaged",
            "5:a campaign is unfair",
            "6:nothing comparable, with --strict",
            "7:trials of the head failed, a revision does not build or run, the machine failed, or, if nothing else is wrong,"
                    + " standard output or a file that an option names could not be written",
            "130:interrupted"
        },
        footer = {
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} gate --base results/main --head results/branch --html gate.html --junit gate.xml",
            "  ${ROOT-COMMAND-NAME} gate --base-ref origin/main --head-ref HEAD --engines rocksdb,lmdb"
        })
final class GateCommand implements Callable<Integer> {
    @Option(names = "--base", paramLabel = "DIR", description = "The campaign to compare with.")
    private @Nullable Path base;

    @Option(names = "--head", paramLabel = "DIR", description = "The campaign to judge.")
    private @Nullable Path head;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private RevisionOptions revisions;

    @Option(names = "--strict", description = "Fail also if the data cannot tell.")
    private boolean strict;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page here: one file, for people.")
    private @Nullable Path html;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the summary here too.")
    private @Nullable Path markdown;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML here: one test case a cell.")
    private @Nullable Path junit;

    @Option(names = "--openmetrics", paramLabel = "FILE", description = "Write OpenMetrics text here.")
    private @Nullable Path openMetrics;

    @Option(names = "--bencher", paramLabel = "FILE", description = "Write Bencher Metric Format here.")
    private @Nullable Path bencher;

    @Option(
            names = "--github",
            paramLabel = "FILE",
            description =
                    "Write for github-action-benchmark: FILE with -bigger and with -smaller in its name, as there are metrics of either"
                            + " kind.")
    private @Nullable Path github;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write CSV here: a line for each metric of each cell.")
    private @Nullable Path csv;

    @Option(names = "--waivers", paramLabel = "FILE", description = "Regressions that may pass for a while (YAML).")
    private @Nullable Path waivers;

    @Option(names = "--history", paramLabel = "FILE", description = "Append one JSON line a judged cell here.")
    private @Nullable Path history;

    @Option(names = "--json", description = "Print JSON, for programs, instead of Markdown.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** What the options ask for. */
    private OutputFiles<GateAnswer> outputs = new OutputFiles<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        outputs = outputs();
        Waivers given = waivers == null ? Waivers.NONE : WaiversFile.read(waivers, LocalDate.now(ZoneOffset.UTC));
        if (revisions.areGiven()) {
            if (base != null || head != null) {
                throw new UsageError(
                        "--base and --head name campaigns, --base-ref and --head-ref revisions to measure; give one pair");
            }
            return measureAndJudge(given);
        }
        if (base == null || head == null) {
            throw new UsageError("--base and --head are missing, expected two campaigns, or --base-ref and --head-ref");
        }
        revisions.refuse(spec.commandLine().getParseResult());
        Analysis before = Analysis.of(CampaignReader.read(base));
        Analysis judged = Analysis.of(CampaignReader.read(head));
        List<String> words =
                List.of("--base", Invocation.pathInCheckout(base), "--head", Invocation.pathInCheckout(head));
        return conclude(answer(Gate.compare(before, judged, strict, given), before, judged, words));
    }

    private int measureAndJudge(Waivers given) throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try (RevisionGate gate = new RevisionGate(revisions.request(strict, given), err)) {
            Thread cleaner = new Thread(
                    () -> {
                        try {
                            gate.cleanUp();
                        } catch (IOException | RuntimeException e) {
                            System.err.println("quorumark: could not clean up: " + e.getMessage());
                        }
                    },
                    "remove-work-trees");
            Runtime.getRuntime().addShutdownHook(cleaner);
            try {
                RevisionGate.Outcome outcome = gate.run();
                return conclude(answer(
                        outcome.gate(),
                        outcome.base(),
                        outcome.head(),
                        revisions.words(outcome.baseCommit(), outcome.headCommit())));
            } finally {
                // if the hook itself has stopped the gate, the JVM is ending and takes no hook back
                if (!gate.isStopped()) {
                    Runtime.getRuntime().removeShutdownHook(cleaner);
                }
            }
        }
    }

    /** @param words of the command that says it again: which campaigns, or which revisions and how */
    private GateAnswer answer(GateResult result, Analysis before, Analysis judged, List<String> words) {
        List<String> command = new ArrayList<>(List.of("gate"));
        if (strict) {
            command.add("--strict");
        }
        if (waivers != null) {
            command.addAll(List.of("--waivers", Invocation.pathInCheckout(waivers)));
        }
        command.addAll(words);
        return new GateAnswer(GateAnswer.Kind.GATE, result, before, judged, Invocation.inCheckout(command));
    }

    private int conclude(GateAnswer answer) {
        GateResult result = answer.result();
        PrintWriter out = outputs.terminal(spec);
        out.print(json ? GateJson.render(result) : GateMarkdown.render(result));
        out.flush();
        boolean allWritten = outputs.write(answer, spec.commandLine().getErr());
        return allWritten || result.exitCode() != ExitCode.DONE
                ? result.exitCode().code()
                : ExitCode.HARNESS.code();
    }

    private OutputFiles<GateAnswer> outputs() throws IOException {
        OutputFiles<GateAnswer> files = new OutputFiles<>();
        formats().forEach((format, named) -> files.add(path(format, named), format::write));
        if (history != null) {
            OutputPath path = OutputPath.of("--history", history).requireFile("a history is read before it grows");
            files.add(
                    path,
                    (answer, file) -> HistoryFile.append(
                            file, HistoryEntry.of(answer.head().stored().campaign(), answer.result())));
            if (Files.exists(path.target())) {
                HistoryFile.read(path.target()); // a damaged line is told before anything is judged
            }
        }
        return files.keep("--waivers", waivers);
    }

    private static OutputPath path(GateFormat format, Path named) {
        Path file = format.fileFor(named);
        return format.isOneOfSeveral()
                ? OutputPath.oneOfSeveral(format.option(), named, file)
                : OutputPath.of(format.option(), file);
    }

    /** The formats that were asked for, and their files. */
    private Map<GateFormat, Path> formats() {
        Map<GateFormat, Path> files = new EnumMap<>(GateFormat.class);
        put(files, GateFormat.HTML, html);
        put(files, GateFormat.MARKDOWN, markdown);
        put(files, GateFormat.JUNIT, junit);
        put(files, GateFormat.OPEN_METRICS, openMetrics);
        put(files, GateFormat.BENCHER, bencher);
        put(files, GateFormat.GITHUB_BIGGER, github);
        put(files, GateFormat.GITHUB_SMALLER, github);
        put(files, GateFormat.CSV, csv);
        return files;
    }

    private static void put(Map<GateFormat, Path> files, GateFormat format, @Nullable Path file) {
        if (file != null) {
            files.put(format, file);
        }
    }
}
