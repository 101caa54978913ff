package io.quorumark.app.cli;

import io.quorumark.campaign.Folders;
import io.quorumark.campaign.durability.DurabilityRun;
import io.quorumark.campaign.host.LibraryFolder;
import io.quorumark.campaign.support.Invocation;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.durability.Recorder;
import io.quorumark.results.ExitCode;
import io.quorumark.results.durability.DurabilityEvidence;
import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.store.ResultsJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quorumark durability}: what each engine's durability levels are worth. */
@Command(
        name = "durability",
        mixinStandardHelpOptions = true,
        description = {
            "Kill writing processes and cut their power, and compare what is left with what was acknowledged.",
            "Power is cut by recording what a process gives to the device and opening it without what was not synced; that needs Linux"
                    + " and a C compiler."
        },
        footer = {
            "%nExit code 4 if an engine lost what it had promised to keep.",
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} durability --engines rocksdb --kills 20 --power-cuts 40",
            "  ${ROOT-COMMAND-NAME} durability --kills 1000 --power-cuts 400 --out results/reference/durability.json"
        })
final class DurabilityCommand implements Callable<Integer> {
    private static final int DEFAULT_KILLS = 20;
    private static final int DEFAULT_POWER_CUTS = 100;
    private static final int MOST = 100_000;

    @Option(
            names = "--engines",
            split = ",",
            paramLabel = "ENGINE",
            description = "Which; all that keep data by default.")
    private List<String> engineIds = List.of();

    @Option(
            names = "--kills",
            paramLabel = "N",
            description = "Kills per engine and level; ${DEFAULT-VALUE} by default.")
    private int kills = DEFAULT_KILLS;

    @Option(
            names = "--power-cuts",
            paramLabel = "N",
            description = "Power cuts per engine; ${DEFAULT-VALUE} by default.")
    private int powerCuts = DEFAULT_POWER_CUTS;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "From which kills and cuts follow; ${DEFAULT-VALUE} by default.")
    private long seed = 20;

    @Mixin
    private final EnginePathOption enginePath = new EnginePathOption();

    @Mixin
    private final ScratchOption scratch = new ScratchOption();

    @Mixin
    private final EvidenceOptions evidence = new EvidenceOptions();

    private boolean allKept = true;

    @Option(names = "--json", description = "Print the evidence as JSON instead of a table.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        check("--kills", kills, 1);
        check("--power-cuts", powerCuts, 0);
        evidence.check();
        List<EngineProvider> providers = EngineChoice.of(engineIds, enginePath.engines(), spec);
        LibraryFolder.checkHere(providers);
        Path folder = scratch.newFolder("quorumark-durability-");
        try {
            LibraryFolder.check(folder, providers);
            DurabilityEvidence found = run(providers, folder);
            PrintWriter console = spec.commandLine().getOut();
            console.print(json ? ResultsJson.write(found) : table(found));
            console.flush();
            if (found.findings().stream().anyMatch(DurabilityFinding::isBroken)) {
                return ExitCode.INCORRECT.code();
            }
            return allKept ? ExitCode.DONE.code() : ExitCode.HARNESS.code();
        } finally {
            Folders.remove(folder);
        }
    }

    private static void check(String option, int value, int least) {
        if (value < least || value > MOST) {
            throw new UsageError(option + " is " + value + ", expected " + least + " to " + MOST);
        }
    }

    private DurabilityEvidence run(List<EngineProvider> providers, Path folder)
            throws IOException, InterruptedException {
        Recorder.Attempt recorder = Recorder.compileInto(folder);
        if (recorder.recorder().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(recorder.missing());
            err.flush();
        }
        DurabilityRun run = new DurabilityRun(folder, kills, powerCuts, seed, recorder);
        DurabilityEvidence found = evidence.earlier(DurabilityEvidence::read).orElseGet(DurabilityEvidence::none);
        for (EngineProvider provider : providers) {
            for (Durability level : Durability.values()) {
                if (found.of(provider.id(), provider.facts().libraryVersion()).stream()
                        .anyMatch(finding -> isAsked(finding, level))) {
                    continue;
                }
                found = found.with(watched(run, provider, level));
                found = found.repeatedBy(command(found));
                allKept = evidence.keep(found::write, spec.commandLine().getErr());
            }
        }
        return found;
    }

    private boolean isAsked(DurabilityFinding finding, Durability level) {
        boolean isTested = finding.seed() == seed
                && finding.kills() == kills
                && finding.powerCuts() == (level == Durability.POWER_LOSS ? powerCuts : 0);
        return finding.level().equals(level.code()) && (isTested || !finding.promised());
    }

    private DurabilityFinding watched(DurabilityRun run, EngineProvider provider, Durability level)
            throws IOException, InterruptedException {
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(provider.id() + " " + level)
                .setInitialMax(kills + (level == Durability.POWER_LOSS ? powerCuts : 1L))
                .setStyle(ProgressBarStyle.ASCII)
                .continuousUpdate()
                .build()) {
            return run.of(
                    provider,
                    level,
                    (what, done, all) -> bar.stepTo(done + (what.equals("kills") ? 0L : kills))
                            .setExtraMessage(what));
        }
    }

    private String command(DurabilityEvidence found) {
        List<String> words = new ArrayList<>(List.of(
                "durability",
                "--engines",
                found.findings().stream()
                        .map(DurabilityFinding::engine)
                        .distinct()
                        .collect(Collectors.joining(",")),
                "--kills",
                Integer.toString(kills),
                "--power-cuts",
                Integer.toString(powerCuts),
                "--seed",
                Long.toString(seed)));
        words.addAll(enginePath.words());
        return Invocation.inCheckout(words);
    }

    private static String table(DurabilityEvidence evidence) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%-10s %-14s %-9s %-13s %6s %11s %13s%n",
                "engine",
                "level",
                "promised",
                "observed",
                "kills",
                "power cuts",
                "syncs/commit"));
        for (DurabilityFinding finding : evidence.findings()) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-10s %-14s %-9s %-13s %6d %11d %13s%n",
                    finding.engine(),
                    finding.level(),
                    finding.promised() ? "yes" : "no",
                    finding.observed().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    finding.kills(),
                    finding.powerCuts(),
                    finding.syncsPerCommit() < 0 ? "-" : String.format(Locale.ROOT, "%.2f", finding.syncsPerCommit())));
            finding.problems().stream()
                    .limit(3)
                    .forEach(problem ->
                            table.append("           ").append(problem).append(System.lineSeparator()));
        }
        return table.toString();
    }
}
