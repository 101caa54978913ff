package io.quorumark.app.cli;

import io.quorumark.app.Engines;
import io.quorumark.app.MachineFault;
import io.quorumark.app.UsageError;
import io.quorumark.app.campaign.CampaignBuilder;
import io.quorumark.app.campaign.CampaignRunner;
import io.quorumark.app.campaign.Continuation;
import io.quorumark.app.campaign.Extent;
import io.quorumark.app.campaign.Folders;
import io.quorumark.app.campaign.PlainProgress;
import io.quorumark.app.campaign.PlanFit;
import io.quorumark.app.campaign.PlannedWorkloads;
import io.quorumark.app.campaign.Progress;
import io.quorumark.app.campaign.TerminalProgress;
import io.quorumark.app.host.MemoryCgroups;
import io.quorumark.app.host.Room;
import io.quorumark.app.plan.Plan;
import io.quorumark.app.plan.Profiles;
import io.quorumark.app.plan.ResolvedPlan;
import io.quorumark.report.CampaignJson;
import io.quorumark.report.ConsoleTable;
import io.quorumark.report.adr.AdrWeights;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.CampaignWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorumark run}: the main job. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run a campaign and write its report.",
        footer = {
            "%nExamples:",
            "  quorumark run --profile quick",
            "  quorumark run plan.yaml --out results/mine",
            "  quorumark run --engines rocksdb,lmdb --workloads ycsb-b --durability POWER_LOSS",
            "  quorumark run --resume results/mine"
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PLAN",
            description = "A plan file; what it leaves out comes from the profile.")
    private @Nullable Path planFile;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "smoke, quick, gate or adr; quick where neither plan nor option says.")
    private @Nullable String profile;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the results go: an absent or empty folder; results/<campaign> by default.")
    private @Nullable Path out;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "A folder on the device to measure; inside the results folder by default. Emptied at the end.")
    private @Nullable Path data;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Go on with an interrupted campaign; nothing that was measured is repeated.")
    private @Nullable Path resume;

    @Option(names = "--dry-run", description = "Show what would run and how long it would take, and write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print what follows from the campaign as JSON instead of a table.")
    private boolean json;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private PlanOptions planOptions;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (resume != null) {
            return goOn(resume);
        }
        ResolvedPlan plan = Profiles.resolve(planFile, profile, planOptions.asPlan());
        Engines engines = Engines.onClassPath();
        CampaignBuilder builder = new CampaignBuilder(plan, engines);
        if (dryRun) {
            Path here = Path.of(".").toAbsolutePath().normalize();
            Path there = data == null ? here : data;
            Campaign planned = builder.build(there, CommandLines.Version.current(), commandLine());
            show(planned, plan);
            builder.checkDataFolder(there, planned.host());
            checkFit(planned, plan, builder.workloads(), there);
            return 0;
        }
        if (out != null) {
            CampaignWriter.refuseNonEmpty(out);
        }
        Path parent = dataParent();
        boolean wasThere = Files.exists(parent);
        Path scratch = Folders.writable(parent, data != null ? "data" : "results");
        Campaign campaign;
        try {
            campaign = builder.build(scratch, CommandLines.Version.current(), commandLine());
            builder.checkDataFolder(scratch, campaign.host());
            checkFit(campaign, plan, builder.workloads(), scratch);
        } finally {
            if (!wasThere) {
                removeIfEmpty(scratch);
            }
        }
        Path root = out == null ? Path.of("results", campaign.id()) : out;
        Folders.writable(root, "results");
        try (CampaignWriter writer = CampaignWriter.create(root.toRealPath(), campaign)) {
            builder.workloads().keepIn(writer.folder());
            return run(writer, plan, builder.workloads());
        }
    }

    private int goOn(Path folder) throws IOException, InterruptedException {
        if (planFile != null || profile != null || out != null || planOptions.areGiven()) {
            throw new UsageError(
                    "--resume takes its plan from '" + folder + "'; leave out plan, profile, --out and plan options");
        }
        try (CampaignWriter writer =
                CampaignWriter.resume(folder.toAbsolutePath().normalize())) {
            // what is damaged is told before anything is added to it
            Campaign begun = CampaignReader.read(writer.folder().root()).campaign();
            ResolvedPlan plan = Profiles.resolve(writer.folder().planYaml(), begun.profile(), Plan.EMPTY);
            Path there = data == null ? folder : Folders.writable(data, "data");
            CampaignBuilder builder = new CampaignBuilder(plan, Engines.onClassPath());
            Campaign now = builder.build(there, CommandLines.Version.current(), commandLine());
            Continuation.check(begun, now, there);
            checkFit(begun, plan, builder.workloads(), there);
            return run(writer, plan, builder.workloads());
        }
    }

    /** Refuses before the first trial what no trial could survive. */
    private static void checkFit(Campaign campaign, ResolvedPlan plan, PlannedWorkloads workloads, Path dataFolder)
            throws IOException {
        new PlanFit(plan, workloads, campaign.cells(), Engines.onClassPath()).check(Room.at(dataFolder));
        if (plan.trials().memoryLimitBytes() > 0) {
            MemoryCgroups.ofThisMachine().tryOut(plan.trials().memoryLimitBytes());
        }
    }

    private int run(CampaignWriter writer, ResolvedPlan plan, PlannedWorkloads workloads)
            throws IOException, InterruptedException {
        Path root = writer.folder().root();
        Extent extent = Extent.of(writer.campaign());
        PrintWriter err = spec.commandLine().getErr();
        err.printf("Campaign %s: %s into %s%n", writer.campaign().id(), extent.trialsText(), shown(root));
        writer.campaign().host().warnings().forEach(warning -> err.println("note: " + warning));
        err.flush();

        Path dataFolder = data == null
                ? root.resolve("data")
                : Folders.writable(data, "data").resolve("quorumark-data");
        Thread farewell = new Thread(() -> {
            System.err.println();
            System.err.println("Interrupted. Go on with: " + launcher() + " run --resume " + shown(root));
        });
        Runtime.getRuntime().addShutdownHook(farewell);
        try (Progress progress = progress(extent)) {
            new CampaignRunner(writer, plan, workloads, dataFolder, progress).run();
        } catch (IOException e) {
            throw new MachineFault(
                    "the campaign stopped: " + e.getMessage() + "; make room or correct the folder, then go on with "
                            + launcher() + " run --resume " + shown(root),
                    e);
        } finally {
            Runtime.getRuntime().removeShutdownHook(farewell);
        }
        return conclude(root);
    }

    private int conclude(Path root) throws IOException {
        Analysis analysis = Analysis.of(CampaignReader.read(root));
        Documents.writeReports(analysis);
        Documents.writeAdr(analysis, AdrWeights.defaults());
        PrintWriter out1 = spec.commandLine().getOut();
        if (json) {
            out1.print(CampaignJson.render(analysis));
            out1.flush();
            return analysis.exitCode().code();
        }
        out1.println();
        out1.println(ConsoleTable.render(analysis, Terminal.isUnicode()));
        out1.println("Report  " + shown(analysis.stored().folder().reportHtml()));
        out1.println("ADR     " + shown(analysis.stored().folder().adr()));
        out1.flush();
        return analysis.exitCode().code();
    }

    private Progress progress(Extent extent) {
        return Terminal.isInteractive() ? new TerminalProgress(System.err, extent) : new PlainProgress(System.err);
    }

    private void show(Campaign campaign, ResolvedPlan plan) {
        PrintWriter outWriter = spec.commandLine().getOut();
        outWriter.print(campaign.plan());
        outWriter.println();
        campaign.cells()
                .forEach(cell -> outWriter.printf(
                        "cell %s  %-8s %-14s log %s at %s, state %s at %s%n",
                        cell.id(),
                        cell.engine(),
                        cell.workload(),
                        cell.cluster().logEngine(),
                        cell.cluster().logDurability(),
                        cell.cluster().stateEngine(),
                        cell.cluster().stateDurability()));
        outWriter.println(Extent.of(campaign).text(plan));
        Cell.Sweep sweep = plan.load().sweep();
        if (sweep != null) {
            outWriter.printf(
                    "each trial is a sweep of at most %d steps to the highest rate with %s; the time is that of %d%n",
                    plan.load().maxSteps(), sweep.objective(), CampaignRunner.usualWindows(plan));
        }
        outWriter.flush();
    }

    /** The folder below which the data will lie. */
    private Path dataParent() {
        return data != null ? data : out != null ? out : Path.of("results");
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder);
    }

    private String commandLine() {
        List<String> words = new ArrayList<>(List.of(launcher(), "run"));
        words.addAll(spec.commandLine().getParseResult().originalArgs());
        return String.join(" ", words);
    }

    private static String launcher() {
        return System.getProperty("quorumark.launcher", "quorumark");
    }

    /** Relative to the working folder where it lies below it. */
    private static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
    }
}
