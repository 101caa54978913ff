package io.quorumark.app.cli;

import io.quorumark.campaign.durability.DurabilityRun;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.durability.Recorder;
import io.quorumark.results.durability.DurabilityEvidence;
import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.store.CampaignFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
final class DurabilityCommand extends EvidenceCommand<DurabilityEvidence> {
    private static final int DEFAULT_KILLS = 20;
    private static final int DEFAULT_POWER_CUTS = 100;
    private static final int MOST = 100_000;

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

    @Override
    void checkOptions() {
        Ranges.require("--kills", kills, 1, MOST);
        Ranges.require("--power-cuts", powerCuts, 0, MOST);
    }

    @Override
    DurabilityEvidence none() {
        return DurabilityEvidence.none();
    }

    @Override
    DurabilityEvidence read(Path file) {
        return DurabilityEvidence.read(file);
    }

    @Override
    void write(DurabilityEvidence found, Path file) throws IOException {
        found.write(file);
    }

    @Override
    Path in(CampaignFolder campaign) {
        return campaign.durabilityJson();
    }

    @Override
    boolean isBroken(DurabilityEvidence found) {
        return found.findings().stream().anyMatch(DurabilityFinding::isBroken);
    }

    @Override
    DurabilityEvidence test(List<EngineProvider> providers, Engines engines, DurabilityEvidence earlier, Path folder)
            throws IOException, InterruptedException {
        Recorder.Attempt recorder = Recorder.compileInto(folder);
        if (recorder.recorder().isEmpty()) {
            tell(recorder.missing());
        }
        DurabilityRun run = new DurabilityRun(folder, kills, powerCuts, seed(), recorder);
        DurabilityEvidence found = earlier;
        for (EngineProvider provider : providers) {
            for (Durability level : Durability.values()) {
                if (found.of(provider.id(), provider.facts().libraryVersion()).stream()
                        .anyMatch(finding -> isAsked(finding, level))) {
                    continue;
                }
                found = found.with(watched(run, provider, level));
                found = found.repeatedBy(command(found));
                keep(found);
            }
        }
        return found;
    }

    private boolean isAsked(DurabilityFinding finding, Durability level) {
        boolean isTested = finding.seed() == seed()
                && finding.kills() == kills
                && finding.powerCuts() == (level == Durability.POWER_LOSS ? powerCuts : 0);
        return finding.level().equals(level.code()) && (isTested || !finding.promised());
    }

    private DurabilityFinding watched(DurabilityRun run, EngineProvider provider, Durability level)
            throws IOException, InterruptedException {
        try (ProgressBar bar = ProgressBars.of(
                provider.id() + " " + level, kills + (level == Durability.POWER_LOSS ? powerCuts : 1L))) {
            return run.of(
                    provider,
                    level,
                    (what, done, all) -> bar.stepTo(done + (what.equals("kills") ? 0L : kills))
                            .setExtraMessage(what));
        }
    }

    private String command(DurabilityEvidence found) {
        return repeatedBy(
                found.findings().stream().map(DurabilityFinding::engine).toList(),
                "--kills",
                Integer.toString(kills),
                "--power-cuts",
                Integer.toString(powerCuts));
    }

    @Override
    String text(DurabilityEvidence evidence) {
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
