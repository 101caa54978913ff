package io.quorumark.app.cli;

import io.quorumark.campaign.Cells;
import io.quorumark.campaign.drill.DrillRun;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.host.HostProbe;
import io.quorumark.campaign.host.LibraryFolder;
import io.quorumark.campaign.support.Invocation;
import io.quorumark.campaign.support.OutputPath;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.raft.RaftSettings;
import io.quorumark.raft.StoreSpec;
import io.quorumark.results.ExitCode;
import io.quorumark.results.drill.DrillEvidence;
import io.quorumark.results.drill.DrillFinding;
import io.quorumark.results.model.Cell;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.Manifest;
import io.quorumark.results.store.ResultsJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quorumark drill}: how long groups take when members fail, join and leave. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = {
            "Time what groups of three do when members fail, join and leave: failover, catching up, membership under load.",
            "One round of every engine before the next round."
        },
        footer = {
            "%nExit code 4 if a write failed that should not have, or a minority acknowledged one.",
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} drill --engines rocksdb,lmdb --rounds 5",
            "  ${ROOT-COMMAND-NAME} drill --rounds 10 --into results/20261120T2206-adr   # shown in that campaign's report"
        })
final class DrillCommand implements Callable<Integer> {
    private static final int DEFAULT_ROUNDS = 3;
    private static final int MOST_ROUNDS = 1000;
    private static final int MOST_CHURN_SECONDS = 86_400;

    @Option(
            names = "--engines",
            split = ",",
            paramLabel = "ENGINE",
            description = "Which; those of the campaign, else all that keep data, by default.")
    private List<String> engineIds = List.of();

    @Option(
            names = "--durability",
            paramLabel = "LEVEL",
            description = "What an acknowledged write survives: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
    private Durability durability = Durability.PROCESS_CRASH;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often every drill is held per engine; ${DEFAULT-VALUE} by default.")
    private int rounds = DEFAULT_ROUNDS;

    @Option(
            names = "--election-timeout",
            paramLabel = "MS",
            description = "How long followers wait before they stand for election; ${DEFAULT-VALUE} by default.")
    private int electionTimeoutMillis = 1000;

    @Option(
            names = "--churn",
            paramLabel = "SECONDS",
            description =
                    "How long a voter is added and removed in the drill of that name; ${DEFAULT-VALUE} by default.")
    private int churnSeconds = 5;

    @Mixin
    private final EnginePathOption enginePath = new EnginePathOption();

    @Mixin
    private final ScratchOption scratch = new ScratchOption();

    @Option(
            names = "--into",
            paramLabel = "CAMPAIGN",
            description = "A campaign's folder, which keeps the figures and shows them in its next report.")
    private @Nullable Path campaign;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the figures go as JSON.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print the figures as JSON instead of a table.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Ranges.require("--rounds", rounds, 1, MOST_ROUNDS);
        Ranges.require("--churn", churnSeconds, 1, MOST_CHURN_SECONDS, "s");
        Ranges.require(
                "--election-timeout",
                electionTimeoutMillis,
                RaftSettings.SHORTEST_ELECTION_TIMEOUT_MILLIS,
                RaftSettings.LONGEST_ELECTION_TIMEOUT_MILLIS,
                "ms");
        OutputFiles<DrillEvidence> outputs = new OutputFiles<DrillEvidence>()
                .add("--out", out, (evidence, file) -> AtomicFiles.writeOutput(file, ResultsJson.write(evidence)));
        enginePath.keepIn(outputs);
        if (campaign != null) {
            // told before the first drill, and not after the last
            CampaignFolder folder = CampaignReader.read(campaign).folder();
            Manifest.in(folder);
            outputs.add(OutputPath.stored("--into", folder.drillsJson()), (evidence, file) -> keep(evidence, folder));
        }
        Engines engines = enginePath.engines();
        List<EngineProvider> providers = providers(engines);
        LibraryFolder.checkHere(providers);
        List<DrillRun.Stores> stores =
                providers.stream().map(provider -> stores(provider, engines)).toList();
        try (ScratchFolder folder = scratch.newFolder("quorumark-drill-")) {
            DrillEvidence evidence = hold(folder.path(), stores, command(providers));
            PrintWriter console = outputs.terminal(spec);
            console.print(json ? ResultsJson.write(evidence) : DrillTable.of(evidence));
            console.flush();
            boolean allWritten = outputs.write(evidence, spec.commandLine().getErr());
            boolean allWell = evidence.findings().stream()
                    .allMatch(finding -> finding.problems().isEmpty());
            if (!allWell) {
                return ExitCode.INCORRECT.code();
            }
            return allWritten ? ExitCode.DONE.code() : ExitCode.HARNESS.code();
        }
    }

    private static void keep(DrillEvidence evidence, CampaignFolder folder) throws IOException {
        evidence.write(folder.drillsJson());
        Manifest.recordFile(folder, folder.drillsJson());
    }

    private List<EngineProvider> providers(Engines engines) {
        if (engineIds.isEmpty() && campaign != null) {
            return CampaignReader.read(campaign).campaign().cells().stream()
                    .filter(cell -> !cell.isHarnessCeiling())
                    .map(Cell::engine)
                    .distinct()
                    .map(engines::require)
                    .toList();
        }
        return EngineChoice.of(engineIds, engines, spec);
    }

    /** As campaigns put them together: an engine that cannot hold a log stands on another one's. */
    private DrillRun.Stores stores(EngineProvider provider, Engines engines) {
        boolean alone = provider.capabilities().canServeAsLog(durability);
        EngineProvider log = alone ? provider : engines.require(Cells.FALLBACK_LOG_ENGINE);
        return new DrillRun.Stores(
                StoreSpec.of(log, durability), StoreSpec.of(provider, StoreSpec.stateDurability(provider, durability)));
    }

    private DrillEvidence hold(Path folder, List<DrillRun.Stores> stores, String command) throws Exception {
        DrillRun run = new DrillRun(
                folder, Duration.ofMillis(electionTimeoutMillis), rounds, Duration.ofSeconds(churnSeconds));
        Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (ProgressBar bar = ProgressBars.of("drills", run.count(stores.size()))) {
            List<DrillFinding> findings = run.hold(stores, drill -> bar.step().setExtraMessage(drill));
            return new DrillEvidence(
                    DrillEvidence.FORMAT_VERSION, command, startedAt, HostProbe.probe(folder), findings);
        }
    }

    private String command(List<EngineProvider> providers) {
        List<String> words = new ArrayList<>(List.of(
                "drill",
                "--engines",
                String.join(",", providers.stream().map(EngineProvider::id).toList()),
                "--durability",
                durability.code(),
                "--rounds",
                Integer.toString(rounds),
                "--election-timeout",
                Integer.toString(electionTimeoutMillis),
                "--churn",
                Integer.toString(churnSeconds)));
        words.addAll(enginePath.words());
        return Invocation.inCheckout(words);
    }
}
