package io.quorumark.app.cli;

import io.quorumark.app.HarnessException;
import io.quorumark.app.Invocation;
import io.quorumark.app.UsageError;
import io.quorumark.app.campaign.BlockPlan;
import io.quorumark.app.campaign.CampaignBuilder;
import io.quorumark.app.campaign.CampaignRunner;
import io.quorumark.app.campaign.Continuation;
import io.quorumark.app.campaign.Folders;
import io.quorumark.app.campaign.JvmFlags;
import io.quorumark.app.campaign.PlainProgress;
import io.quorumark.app.campaign.PlanFit;
import io.quorumark.app.campaign.PlannedWorkloads;
import io.quorumark.app.campaign.Progress;
import io.quorumark.app.campaign.TerminalProgress;
import io.quorumark.app.host.FreeResources;
import io.quorumark.app.host.MemoryCgroups;
import io.quorumark.app.plan.CompletedPlan;
import io.quorumark.app.plan.Plan;
import io.quorumark.app.plan.PlanYaml;
import io.quorumark.app.plan.Profiles;
import io.quorumark.app.plan.ResolvedPlan;
import io.quorumark.report.CampaignJson;
import io.quorumark.report.ConsoleTable;
import io.quorumark.report.adr.AdrWeights;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.CampaignWriter;
import io.quorumark.results.store.FolderCheck;
import io.quorumark.results.store.Manifest;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
            "  ${ROOT-COMMAND-NAME} run --profile quick",
            "  ${ROOT-COMMAND-NAME} run plan.yaml --out results/mine",
            "  ${ROOT-COMMAND-NAME} run --engines rocksdb,lmdb --workloads ycsb-b --durability POWER_LOSS",
            "  ${ROOT-COMMAND-NAME} run --resume results/mine"
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
        CompletedPlan completed = Profiles.complete(planFile, profile, planOptions.asPlan());
        ResolvedPlan plan = completed.plan();
        planOptions.leftOut(completed.engines()).forEach(sentence -> LeftOut.say(spec, sentence));
        CampaignBuilder builder = new CampaignBuilder(completed);
        if (dryRun) {
            Path here = Path.of(".").toAbsolutePath().normalize();
            Path there = data == null ? here : data;
            Campaign planned = builder.build(there, CommandLines.Version.current(), this::repetition);
            JvmFlags.check(completed);
            show(planned, completed, builder.workloads());
            builder.checkDataFolder(there, planned.host());
            checkFit(planned, completed, builder.workloads(), there);
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
            campaign = builder.build(scratch, CommandLines.Version.current(), this::repetition);
            JvmFlags.check(completed);
            builder.checkDataFolder(scratch, campaign.host());
            checkFit(campaign, completed, builder.workloads(), scratch);
        } finally {
            if (!wasThere) {
                removeIfEmpty(scratch);
            }
        }
        Path root = rootOf(campaign.id());
        Folders.writable(root, "results");
        PlannedWorkloads[] kept = new PlannedWorkloads[1];
        try (CampaignWriter writer = CampaignWriter.create(
                root.toRealPath(),
                campaign,
                folder -> kept[0] = builder.workloads().keepIn(folder))) {
            return run(writer, plan, Objects.requireNonNull(kept[0]));
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
            StoredCampaign stored = CampaignReader.read(writer.folder().root());
            FolderCheck.requireWhole(stored);
            Campaign begun = stored.campaign();
            CompletedPlan completed = Profiles.complete(writer.folder().planYaml(), begun.profile(), Plan.EMPTY);
            ResolvedPlan plan = completed.plan();
            Path there = data == null ? folder : Folders.writable(data, "data");
            CampaignBuilder builder = new CampaignBuilder(completed);
            Campaign now = builder.build(there, CommandLines.Version.current(), this::repetition);
            Continuation.check(begun, now, there);
            JvmFlags.check(completed);
            checkFit(begun, completed, builder.workloads(), there);
            Manifest.reopen(stored);
            return run(writer, plan, builder.workloads());
        }
    }

    /** Refuses before the first trial what no trial could survive. */
    private static void checkFit(
            Campaign campaign, CompletedPlan completed, PlannedWorkloads workloads, Path dataFolder)
            throws IOException {
        ResolvedPlan plan = completed.plan();
        new PlanFit(plan, workloads, campaign.cells(), completed.engines()).check(FreeResources.at(dataFolder));
        if (plan.trials().memoryLimitBytes() > 0) {
            MemoryCgroups.ofThisMachine().tryOut(plan.trials().memoryLimitBytes());
        }
    }

    private int run(CampaignWriter writer, ResolvedPlan plan, PlannedWorkloads workloads)
            throws IOException, InterruptedException {
        Path root = writer.folder().root();
        BlockPlan extent = BlockPlan.of(writer.campaign());
        PrintWriter err = spec.commandLine().getErr();
        err.printf("Campaign %s: %s into %s%n", writer.campaign().id(), extent.trialsText(), Invocation.pathHere(root));
        writer.campaign().host().warnings().forEach(warning -> err.println("note: " + warning));
        workloads.descriptions().forEach(err::println);
        workloads.doubts().forEach(doubt -> err.println("warning: " + doubt));
        err.flush();

        Path dataFolder = data == null
                ? root.resolve("data")
                : Folders.writable(data, "data").resolve("quorumark-data");
        Thread farewell = new Thread(() -> {
            System.err.println();
            System.err.println("Interrupted. Go on with: " + resumption(root));
        });
        Runtime.getRuntime().addShutdownHook(farewell);
        try (Progress progress = progress(extent)) {
            new CampaignRunner(writer, plan, workloads, dataFolder, progress).run();
        } catch (IOException e) {
            throw new HarnessException(
                    "the campaign stopped: " + e.getMessage() + "; make room or correct the folder, then go on with "
                            + resumption(root),
                    e);
        } finally {
            Runtime.getRuntime().removeShutdownHook(farewell);
        }
        return conclude(root);
    }

    private int conclude(Path root) throws IOException {
        Analysis analysis = Analysis.of(CampaignReader.read(root));
        Manifest.seal(analysis.stored().folder());
        Documents.writeReports(analysis);
        Documents.writeAdr(analysis, AdrWeights.defaults(), null);
        PrintWriter out1 = spec.commandLine().getOut();
        if (json) {
            out1.print(CampaignJson.render(analysis));
            out1.flush();
            return analysis.exitCode().code();
        }
        out1.println();
        out1.println(ConsoleTable.render(analysis, Terminal.isUnicode()));
        out1.println("Report  " + Invocation.pathHere(analysis.stored().folder().reportHtml()));
        out1.println("ADR     " + Invocation.pathHere(analysis.stored().folder().adr()));
        out1.flush();
        return analysis.exitCode().code();
    }

    private Progress progress(BlockPlan extent) {
        return Terminal.isInteractive() ? new TerminalProgress(System.err, extent) : new PlainProgress(System.err);
    }

    private void show(Campaign campaign, CompletedPlan completed, PlannedWorkloads workloads) {
        ResolvedPlan plan = completed.plan();
        PrintWriter outWriter = spec.commandLine().getOut();
        outWriter.print(PlanYaml.write(plan));
        outWriter.println();
        completed.described().forEach(outWriter::println);
        workloads.descriptions().forEach(outWriter::println);
        workloads.doubts().forEach(doubt -> outWriter.println("warning: " + doubt));
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
        outWriter.println(BlockPlan.of(campaign).text(plan));
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

    /** Where a campaign's results go. */
    private Path rootOf(String campaignId) {
        return out == null ? Path.of("results", campaignId) : out;
    }

    /** The command that runs a campaign's own plan again, into a folder of its own. */
    private String repetition(String campaignId) {
        Path plan = new CampaignFolder(rootOf(campaignId)).planYaml();
        List<String> words = new ArrayList<>(List.of("run", Invocation.pathInCheckout(plan)));
        if (data != null) {
            words.addAll(List.of("--data", Invocation.pathInCheckout(data)));
        }
        return Invocation.inCheckout(words);
    }

    /** The command that goes on, with the same data folder. */
    private String resumption(Path root) {
        return data == null
                ? Invocation.here("run", "--resume", Invocation.pathHere(root))
                : Invocation.here("run", "--resume", Invocation.pathHere(root), "--data", Invocation.pathHere(data));
    }
}
