package io.quorumark.app.cli;

import io.quorumark.campaign.Cells;
import io.quorumark.campaign.Folders;
import io.quorumark.campaign.drill.DrillRun.Stores;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.host.LibraryFolder;
import io.quorumark.campaign.linearizability.LinearizabilityRun;
import io.quorumark.campaign.support.Invocation;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.raft.StoreSpec;
import io.quorumark.results.ExitCode;
import io.quorumark.results.linearizability.LinearizabilityEvidence;
import io.quorumark.results.model.LinearizabilityFinding;
import io.quorumark.results.store.ResultsJson;
import io.quorumark.results.text.Plural;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/** {@code quorumark linearizability}: whether clients of groups on an engine are told the truth while things go wrong. */
@Command(
        name = "linearizability",
        mixinStandardHelpOptions = true,
        description = {
            "Run groups of three under faults, record what their clients are told, and check that one order of all operations explains it.",
            "Members are stopped, paused and cut off, disks become slow or full. The evidence counts for decision records of the same"
                    + " engine version if it lies beside a campaign as linearizability.json."
        },
        footer = {
            "%nExit code 4 if a history cannot be explained.",
            "%nExample:",
            "  ${ROOT-COMMAND-NAME} linearizability --engines rocksdb,lmdb --runs 20 --out linearizability.json"
        })
final class LinearizabilityCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

    @Option(
            names = "--engines",
            split = ",",
            paramLabel = "ENGINE",
            description = "Which; all that keep data by default.")
    private List<String> engineIds = List.of();

    @Option(names = "--runs", paramLabel = "N", description = "Groups per engine; ${DEFAULT-VALUE} by default.")
    private int runs = 20;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long faults are made in each; ${DEFAULT-VALUE} by default.")
    private int seconds = 3;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "From which faults and operations follow; ${DEFAULT-VALUE} by default.")
    private long seed = 20;

    @Mixin
    private final EnginePathOption enginePath = new EnginePathOption();

    @Mixin
    private final ScratchOption scratch = new ScratchOption();

    @Mixin
    private final EvidenceOptions evidence = new EvidenceOptions();

    private boolean allKept = true;

    @Option(names = "--json", description = "Print the evidence as JSON instead of sentences.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        check("--runs", runs);
        check("--seconds", seconds);
        evidence.check();
        Engines engines = enginePath.engines();
        List<EngineProvider> providers = EngineChoice.of(engineIds, engines, spec);
        LibraryFolder.checkHere(providers);
        Path folder = scratch.newFolder("quorumark-linearizability-");
        try {
            LinearizabilityEvidence found = run(providers, engines, folder);
            PrintWriter console = spec.commandLine().getOut();
            if (json) {
                console.print(ResultsJson.write(found));
            } else {
                found.findings().forEach(finding -> console.println(sentence(finding)));
            }
            console.flush();
            if (found.findings().stream()
                    .anyMatch(finding -> !finding.violations().isEmpty())) {
                return ExitCode.INCORRECT.code();
            }
            return allKept ? ExitCode.DONE.code() : ExitCode.HARNESS.code();
        } finally {
            Folders.remove(folder);
        }
    }

    private static void check(String option, int value) {
        if (value < 1 || value > MOST) {
            throw new UsageError(option + " is " + value + ", expected 1 to " + MOST);
        }
    }

    private LinearizabilityEvidence run(List<EngineProvider> providers, Engines engines, Path folder)
            throws IOException, InterruptedException {
        LinearizabilityRun run = new LinearizabilityRun(folder, runs, Duration.ofSeconds(seconds), seed);
        LinearizabilityEvidence found =
                evidence.earlier(LinearizabilityEvidence::read).orElseGet(LinearizabilityEvidence::none);
        for (EngineProvider provider : providers) {
            Stores stores = stores(provider, engines);
            if (found.of(provider.id(), provider.facts().libraryVersion()).stream()
                    .anyMatch(finding -> isAsked(finding, stores))) {
                continue;
            }
            try (ProgressBar bar = new ProgressBarBuilder()
                    .setTaskName(provider.id())
                    .setInitialMax(runs)
                    .setStyle(ProgressBarStyle.ASCII)
                    .continuousUpdate()
                    .build()) {
                found = found.with(run.of(stores, bar::step));
            }
            found = found.repeatedBy(command(found));
            allKept = evidence.keep(found::write, spec.commandLine().getErr());
        }
        return found;
    }

    private boolean isAsked(LinearizabilityFinding finding, Stores stores) {
        return finding.logEngine().equals(stores.log().provider().id())
                && finding.runs() == runs
                && finding.seed() == seed;
    }

    /** As campaigns put them together: an engine that cannot hold a log stands on another one's. */
    private static Stores stores(EngineProvider provider, Engines engines) {
        EngineProvider log = canHoldLog(provider) ? provider : engines.require(Cells.FALLBACK_LOG_ENGINE);
        Durability level = log.capabilities().canServeAsLog(Durability.PROCESS_CRASH)
                ? Durability.PROCESS_CRASH
                : Durability.POWER_LOSS;
        return new Stores(StoreSpec.of(log, level), StoreSpec.of(provider, StoreSpec.stateDurability(provider, level)));
    }

    private static boolean canHoldLog(EngineProvider provider) {
        return provider.capabilities().canServeAsLog(Durability.PROCESS_CRASH)
                || provider.capabilities().canServeAsLog(Durability.POWER_LOSS);
    }

    private static String sentence(LinearizabilityFinding finding) {
        return finding.engine()
                + (finding.logEngine().equals(finding.engine()) ? "" : " (log: " + finding.logEngine() + ")") + " "
                + finding.engineVersion() + ": " + Plural.of(finding.runs(), "history", "histories") + " of "
                + Plural.of(finding.operations(), "operation") + " under "
                + Plural.of(finding.faults(), "fault") + ", "
                + (finding.isClean()
                        ? "all explained"
                        : Plural.of(finding.violations().size(), "violation") + ", " + finding.undecided()
                                + " undecided"
                                + (finding.violations().isEmpty()
                                        ? ""
                                        : "; the first: " + finding.violations().get(0)));
    }

    private String command(LinearizabilityEvidence found) {
        List<String> words = new ArrayList<>(List.of(
                "linearizability",
                "--engines",
                found.findings().stream()
                        .map(LinearizabilityFinding::engine)
                        .distinct()
                        .collect(Collectors.joining(",")),
                "--runs",
                Integer.toString(runs),
                "--seconds",
                Integer.toString(seconds),
                "--seed",
                Long.toString(seed)));
        words.addAll(enginePath.words());
        return Invocation.inCheckout(words);
    }
}
