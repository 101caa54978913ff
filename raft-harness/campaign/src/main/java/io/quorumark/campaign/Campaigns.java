package io.quorumark.campaign;

import io.quorumark.campaign.host.FreeResources;
import io.quorumark.campaign.host.MemoryCgroups;
import io.quorumark.campaign.plan.CompletedPlan;
import io.quorumark.campaign.plan.Plan;
import io.quorumark.campaign.plan.Profiles;
import io.quorumark.campaign.plan.ResolvedPlan;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.support.Invocation;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.CampaignWriter;
import io.quorumark.results.store.FolderCheck;
import io.quorumark.results.store.Manifest;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs campaigns, for the command line and for code alike.
 *
 * <pre>{@code
 * Plan plan = Plan.EMPTY
 *         .with("profile", "smoke")
 *         .with("engines", List.of("memory", "rocksdb"))
 *         .with("cluster.target", TargetKind.ENGINE);
 * Analysis analysis = Campaigns.run(plan, folder);
 * double opsPerSecond = analysis.stored().trials().get(0).throughputOpsPerSecond();
 * }</pre>
 *
 * <p>Every trial runs in a JVM of its own on this JVM's class path, and leaves its result in the folder as soon as it ends; a
 * campaign whose process ended goes on with {@link #resume}. Nothing is printed. For one thread at a time; an interrupt ends the running
 * trial's JVM.
 *
 * <p>All methods throw {@link UsageError} for a plan that cannot be run here and {@link
 * io.quorumark.workload.spec.SpecException} for a workload that cannot be read, both before anything is measured, and {@link
 * HarnessException} if the campaign cannot go on; their messages name the remedy.
 */
public final class Campaigns {
    private final @Nullable Path data;
    private final CampaignListener listener;

    /**
     * @param data a folder on the device to measure; null for one in the results folder. What trials leave in it is removed
     * @param listener told of what runs
     */
    public Campaigns(@Nullable Path data, CampaignListener listener) {
        this.data = data;
        this.listener = listener;
    }

    /**
     * Runs a plan to its end.
     *
     * @param plan what it leaves out comes from its profile; files are relative to the working folder
     * @param folder absent or empty, for the results
     */
    public static Analysis run(Plan plan, Path folder) throws IOException, InterruptedException {
        return new Campaigns(null, CampaignListener.NONE)
                .begin(Profiles.complete(null, null, plan), ResultsPlace.in(folder));
    }

    /** Goes on with a campaign that was interrupted; nothing that was measured is repeated. */
    public static Analysis resume(Path folder) throws IOException, InterruptedException {
        return new Campaigns(null, CampaignListener.NONE).goOn(folder);
    }

    /**
     * What follows from a campaign's results so far.
     *
     * @throws io.quorumark.results.store.ResultsException the folder holds no campaign, or a damaged one
     */
    public static Analysis read(Path folder) {
        return Analysis.of(CampaignReader.read(folder));
    }

    /** Runs a plan to its end. */
    public Analysis begin(CompletedPlan completed, ResultsPlace place) throws IOException, InterruptedException {
        place.check();
        CampaignBuilder builder = new CampaignBuilder(completed);
        Path parent = data != null ? data : place.path();
        boolean wasThere = Files.exists(parent);
        Path scratch = Folders.writable(parent, data != null ? "data" : "results");
        Campaign campaign;
        try {
            campaign = planned(completed, builder, scratch, place);
            check(campaign, completed, builder, scratch);
        } finally {
            if (!wasThere) {
                removeIfEmpty(scratch);
            }
        }
        Path root = place.root(campaign.id());
        Folders.writable(root, "results");
        PlannedWorkloads[] kept = new PlannedWorkloads[1];
        try (CampaignWriter writer = CampaignWriter.create(
                root.toRealPath(),
                campaign,
                folder -> kept[0] = builder.workloads().keepIn(folder))) {
            return run(writer, completed.plan(), Objects.requireNonNull(kept[0]));
        }
    }

    /** Goes on with a campaign that was interrupted; nothing that was measured is repeated. */
    public Analysis goOn(Path folder) throws IOException, InterruptedException {
        try (CampaignWriter writer =
                CampaignWriter.resume(folder.toAbsolutePath().normalize())) {
            // what is damaged is told before anything is added to it
            StoredCampaign stored = CampaignReader.read(writer.folder().root());
            FolderCheck.requireWhole(stored);
            Campaign begun = stored.campaign();
            CompletedPlan completed = Profiles.complete(writer.folder().planYaml(), begun.profile(), Plan.EMPTY);
            Path there = data == null ? folder : Folders.writable(data, "data");
            CampaignBuilder builder = new CampaignBuilder(completed);
            Campaign now = planned(completed, builder, there, ResultsPlace.in(folder));
            Continuation.check(begun, now, there);
            check(now, completed, builder, there);
            Manifest.reopen(stored);
            return run(writer, completed.plan(), builder.workloads());
        }
    }

    /**
     * What a plan would run.
     *
     * @param dataFolder existing, on the device to measure
     */
    public Campaign planned(CompletedPlan completed, CampaignBuilder builder, Path dataFolder, ResultsPlace place)
            throws IOException, InterruptedException {
        return builder.build(dataFolder, ProgramFile.version(), id -> repetition(place.root(id)));
    }

    /**
     * All that is looked at before the first trial: refuses keystores and passwords that cannot be read, JVM flags, what no trial could
     * survive, and data in memory that is to survive a power cut.
     */
    public static void check(Campaign campaign, CompletedPlan completed, CampaignBuilder builder, Path dataFolder)
            throws IOException {
        completed.checkSecrets();
        JvmFlags.check(completed);
        builder.checkDataFolder(dataFolder, campaign.host());
        ResolvedPlan plan = completed.plan();
        new PlanFit(plan, builder.workloads(), campaign.cells(), completed.engines())
                .check(FreeResources.at(dataFolder));
        if (plan.trials().memoryLimitBytes() > 0) {
            MemoryCgroups.ofThisMachine().tryOut(plan.trials().memoryLimitBytes());
        }
    }

    private Analysis run(CampaignWriter writer, ResolvedPlan plan, PlannedWorkloads workloads)
            throws IOException, InterruptedException {
        Path root = writer.folder().root();
        Path dataFolder = data == null
                ? root.resolve("data")
                : Folders.writable(data, "data").resolve("quorumark-data");
        String resumption = resumption(root);
        try (Progress progress = listener.begins(new CampaignListener.Begun(
                writer.campaign(), root, BlockPlan.of(writer.campaign()), workloads, resumption))) {
            new CampaignRunner(writer, plan, workloads, dataFolder, progress).run();
        } catch (IOException e) {
            throw new HarnessException(
                    "the campaign stopped: " + e.getMessage() + "; make room or correct the folder, then go on with "
                            + resumption,
                    e);
        }
        Analysis analysis = read(root);
        Manifest.seal(analysis.stored().folder());
        return analysis;
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder);
    }

    /** The command that runs a campaign's own plan again, into a folder of its own. */
    private String repetition(Path root) {
        List<String> words =
                new ArrayList<>(List.of("run", Invocation.pathInCheckout(new CampaignFolder(root).planYaml())));
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
