package io.quorumark.app.cli;

import io.quorumark.campaign.BlockPlan;
import io.quorumark.campaign.CampaignBuilder;
import io.quorumark.campaign.CampaignListener;
import io.quorumark.campaign.Campaigns;
import io.quorumark.campaign.Folders;
import io.quorumark.campaign.PlainProgress;
import io.quorumark.campaign.PlannedReach;
import io.quorumark.campaign.PlannedWorkloads;
import io.quorumark.campaign.Progress;
import io.quorumark.campaign.ResultsPlace;
import io.quorumark.campaign.TerminalProgress;
import io.quorumark.campaign.plan.CompletedPlan;
import io.quorumark.campaign.plan.PlanYaml;
import io.quorumark.campaign.plan.Profiles;
import io.quorumark.campaign.plan.ResolvedPlan;
import io.quorumark.campaign.support.Invocation;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.report.CampaignJson;
import io.quorumark.report.ConsoleTable;
import io.quorumark.report.page.ReportContent;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
            description = "smoke, quick, gate or adr; quick if neither plan nor option says.")
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

    /** Said if the process is ended while a campaign runs. */
    private @Nullable Thread farewell;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (resume != null) {
            return goOn(resume);
        }
        CompletedPlan completed = Profiles.complete(planFile, profile, planOptions.asPlan());
        planOptions.leftOut(completed.engines()).forEach(sentence -> LeftOut.say(spec, sentence));
        ResultsPlace place = out == null ? ResultsPlace.below(Path.of("results")) : ResultsPlace.in(out);
        if (dryRun) {
            place.check();
            CampaignBuilder builder = new CampaignBuilder(completed);
            Path there = Folders.nearestThatExists(data == null ? Path.of("") : data, "data");
            Campaign planned = campaigns().planned(completed, builder, there, place);
            show(planned, completed, builder.workloads());
            Campaigns.check(planned, completed, builder, there);
            return 0;
        }
        return conclude(begin(campaigns -> campaigns.begin(completed, place)));
    }

    private int goOn(Path folder) throws IOException, InterruptedException {
        if (dryRun) {
            throw new UsageError("--resume goes on with a campaign, and --dry-run runs none; leave out one of them");
        }
        if (planFile != null || profile != null || out != null || planOptions.areGiven()) {
            throw new UsageError(
                    "--resume takes its plan from '" + folder + "'; leave out plan, profile, --out and plan options");
        }
        return conclude(begin(campaigns -> campaigns.goOn(folder)));
    }

    /** Either way to run a campaign. */
    @FunctionalInterface
    private interface Way {
        Analysis take(Campaigns campaigns) throws IOException, InterruptedException;
    }

    private Analysis begin(Way way) throws IOException, InterruptedException {
        try {
            return way.take(campaigns());
        } finally {
            if (farewell != null) {
                Runtime.getRuntime().removeShutdownHook(farewell);
            }
        }
    }

    private Campaigns campaigns() {
        return new Campaigns(data, this::begins);
    }

    private Progress begins(CampaignListener.Begun begun) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                "Campaign %s: %s into %s%n",
                begun.campaign().id(), begun.blockPlan().trialsText(), Invocation.pathHere(begun.root()));
        begun.campaign().host().warnings().forEach(warning -> err.println("note: " + warning));
        begun.workloads().descriptions().forEach(err::println);
        begun.workloads().doubts().forEach(doubt -> err.println("warning: " + doubt));
        PlannedReach.tooShort(begun.campaign()).ifPresent(reach -> err.println("warning: " + reach.sentence()));
        err.flush();
        farewell = new Thread(() -> {
            System.err.println();
            System.err.println("Interrupted. Go on with: " + begun.resumption());
        });
        Runtime.getRuntime().addShutdownHook(farewell);
        return Terminal.isInteractive()
                ? new TerminalProgress(System.err, begun.blockPlan())
                : new PlainProgress(System.err);
    }

    private int conclude(Analysis analysis) throws IOException {
        ReportContent content = ReportContent.of(analysis);
        Documents.writeReports(content);
        PrintWriter out1 = spec.commandLine().getOut();
        writeAdr(content);
        if (json) {
            out1.print(CampaignJson.render(analysis));
            out1.flush();
            return analysis.exitCode().code();
        }
        out1.println();
        out1.println(ConsoleTable.render(content, Terminal.isUnicode()));
        out1.println("Report  " + Invocation.pathHere(analysis.stored().folder().reportHtml()));
        out1.println("ADR     " + Invocation.pathHere(analysis.stored().folder().adr()));
        out1.flush();
        return analysis.exitCode().code();
    }

    /** A record that somebody edited stays as it is: the campaign is done all the same. */
    private void writeAdr(ReportContent content) throws IOException {
        try {
            Documents.writeAdr(
                    content.decisions(),
                    null,
                    content.analysis().stored().folder().adr(),
                    false);
        } catch (UsageError e) {
            spec.commandLine().getErr().println("quorumark: " + e.getMessage());
        }
    }

    private void show(Campaign campaign, CompletedPlan completed, PlannedWorkloads workloads) {
        ResolvedPlan plan = completed.plan();
        PrintWriter outWriter = spec.commandLine().getOut();
        outWriter.print(PlanYaml.write(plan));
        outWriter.println();
        completed.described().forEach(outWriter::println);
        workloads.descriptions().forEach(outWriter::println);
        workloads.doubts().forEach(doubt -> outWriter.println("warning: " + doubt));
        PlannedReach.tooShort(campaign).ifPresent(reach -> outWriter.println("warning: " + reach.sentence()));
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
                    "each trial is a sweep of at most %d steps, and at most %,.0f s, to the highest rate with %s%n",
                    plan.load().maxSteps(), sweep.maxSeconds(), sweep.objective());
        }
        outWriter.flush();
    }
}
