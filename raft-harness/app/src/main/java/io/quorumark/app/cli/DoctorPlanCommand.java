package io.quorumark.app.cli;

import io.quorumark.campaign.CampaignBuilder;
import io.quorumark.campaign.CampaignListener;
import io.quorumark.campaign.Campaigns;
import io.quorumark.campaign.Folders;
import io.quorumark.campaign.PlanFit;
import io.quorumark.campaign.ResultsPlace;
import io.quorumark.campaign.host.FreeResources;
import io.quorumark.campaign.plan.CompletedPlan;
import io.quorumark.campaign.plan.Profiles;
import io.quorumark.campaign.plan.ResolvedPlan;
import io.quorumark.results.ExitCode;
import io.quorumark.results.model.Campaign;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorumark doctor plan}: whether a plan fits this machine. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Show what a plan's trials need of this machine, and what is free.",
        footer = {
            "%nExit code 2 if the plan does not fit, or run would refuse it.",
            "%nExample:",
            "  ${ROOT-COMMAND-NAME} doctor plan big.yaml --data /mnt/nvme"
        })
final class DoctorPlanCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "PLAN", description = "A plan file.")
    private @Nullable Path planFile;

    @Option(names = "--profile", paramLabel = "NAME", description = "smoke, quick, gate or adr.")
    private @Nullable String profile;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "A folder on the device to measure; the working folder by default.")
    private Path data = Path.of("");

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private PlanOptions planOptions;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CompletedPlan completed = Profiles.complete(planFile, profile, planOptions.asPlan());
        ResolvedPlan plan = completed.plan();
        planOptions.leftOut(completed.engines()).forEach(sentence -> LeftOut.say(spec, sentence));
        CampaignBuilder builder = new CampaignBuilder(completed);
        Path there = Folders.nearestThatExists(data, "data");
        Campaign planned = new Campaigns(data, CampaignListener.NONE)
                .planned(completed, builder, there, ResultsPlace.below(Path.of("results")));
        PlanFit fit = new PlanFit(plan, builder.workloads(), planned.cells(), completed.engines());
        FreeResources room = FreeResources.at(there);
        PrintWriter out = spec.commandLine().getOut();
        String row = "%-8s %-14s %14s %14s %14s %14s%n";
        out.printf(row, "engine", "workload", "data", "disk", "heap", "memory");
        for (PlanFit.Need need : fit.needs()) {
            out.printf(
                    row,
                    need.cell().engine(),
                    need.cell().workload(),
                    PlanFit.text(need.data()),
                    PlanFit.text(need.disk()),
                    PlanFit.text(need.heap()),
                    PlanFit.text(need.memory()));
        }
        out.printf(
                row,
                "free",
                "",
                "",
                PlanFit.text((double) room.diskBytes()),
                PlanFit.text(plan.jvm().heapMiB() * (double) (1 << 20)),
                PlanFit.text((double) room.memoryBytes()));
        builder.workloads().descriptions().forEach(out::println);
        builder.workloads().doubts().forEach(doubt -> out.println("warning: " + doubt));
        out.flush();
        List<String> problems = fit.problems(room);
        problems.forEach(problem -> spec.commandLine().getErr().println(problem));
        spec.commandLine().getErr().flush();
        if (!problems.isEmpty()) {
            return ExitCode.USAGE.code();
        }
        Campaigns.check(planned, completed, builder, there);
        return ExitCode.DONE.code();
    }
}
