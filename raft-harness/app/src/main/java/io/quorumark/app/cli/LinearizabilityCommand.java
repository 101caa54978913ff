package io.quorumark.app.cli;

import io.quorumark.campaign.Cells;
import io.quorumark.campaign.drill.DrillRun.Stores;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.linearizability.LinearizabilityRun;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.raft.StoreSpec;
import io.quorumark.results.linearizability.LinearizabilityEvidence;
import io.quorumark.results.model.LinearizabilityFinding;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.text.Plural;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
final class LinearizabilityCommand extends EvidenceCommand<LinearizabilityEvidence> {
    private static final int MOST = 10_000;

    @Option(names = "--runs", paramLabel = "N", description = "Groups per engine; ${DEFAULT-VALUE} by default.")
    private int runs = 20;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long faults are made in each; ${DEFAULT-VALUE} by default.")
    private int seconds = 3;

    @Override
    void checkOptions() {
        Ranges.require("--runs", runs, 1, MOST);
        Ranges.require("--seconds", seconds, 1, MOST, "s");
    }

    @Override
    LinearizabilityEvidence none() {
        return LinearizabilityEvidence.none();
    }

    @Override
    LinearizabilityEvidence read(Path file) {
        return LinearizabilityEvidence.read(file);
    }

    @Override
    void write(LinearizabilityEvidence found, Path file) throws IOException {
        found.write(file);
    }

    @Override
    Path in(CampaignFolder campaign) {
        return campaign.linearizabilityJson();
    }

    @Override
    boolean isBroken(LinearizabilityEvidence found) {
        return found.findings().stream()
                .anyMatch(finding -> !finding.violations().isEmpty());
    }

    @Override
    LinearizabilityEvidence test(
            List<EngineProvider> providers, Engines engines, LinearizabilityEvidence earlier, Path folder)
            throws IOException, InterruptedException {
        LinearizabilityRun run = new LinearizabilityRun(folder, runs, Duration.ofSeconds(seconds), seed());
        LinearizabilityEvidence found = earlier;
        for (EngineProvider provider : providers) {
            Stores stores = stores(provider, engines);
            if (found.of(provider.id(), provider.facts().libraryVersion()).stream()
                    .anyMatch(finding -> isAsked(finding, stores))) {
                continue;
            }
            try (ProgressBar bar = ProgressBars.of(provider.id(), runs)) {
                found = found.with(run.of(stores, bar::step));
            }
            found = found.repeatedBy(command(found));
            keep(found);
        }
        return found;
    }

    @Override
    String text(LinearizabilityEvidence found) {
        return found.findings().stream()
                .map(finding -> sentence(finding) + System.lineSeparator())
                .collect(Collectors.joining());
    }

    private boolean isAsked(LinearizabilityFinding finding, Stores stores) {
        return finding.logEngine().equals(stores.log().provider().id())
                && finding.runs() == runs
                && finding.seed() == seed();
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
        return repeatedBy(
                found.findings().stream().map(LinearizabilityFinding::engine).toList(),
                "--runs",
                Integer.toString(runs),
                "--seconds",
                Integer.toString(seconds));
    }
}
