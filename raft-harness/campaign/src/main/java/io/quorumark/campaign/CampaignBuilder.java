package io.quorumark.campaign;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.host.Filesystem;
import io.quorumark.campaign.host.HostProbe;
import io.quorumark.campaign.host.LibraryFolder;
import io.quorumark.campaign.plan.CompletedPlan;
import io.quorumark.campaign.plan.PlanYaml;
import io.quorumark.campaign.plan.ResolvedPlan;
import io.quorumark.campaign.support.ChildJvm;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.raft.RaftLibrary;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Host;
import io.quorumark.results.model.Software;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/** Turns a resolved plan into a campaign that can be stored and run. */
public final class CampaignBuilder {
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final CompletedPlan completed;
    private final ResolvedPlan plan;
    private final Engines engines;
    private final PlannedWorkloads workloads;

    /**
     * Reads the plan's workloads.
     *
     * @throws io.quorumark.workload.spec.SpecException a workload is unknown, or its file cannot be used
     * @throws UsageError two workloads have the same name
     */
    public CampaignBuilder(CompletedPlan completed) {
        this.completed = completed;
        this.plan = completed.plan();
        this.engines = completed.engines();
        this.workloads = PlannedWorkloads.read(completed);
    }

    /** As they were read. */
    public PlannedWorkloads workloads() {
        return workloads;
    }

    /**
     * What the plan compares.
     *
     * @throws UsageError an engine is unknown, or cannot do what the plan asks for
     */
    public List<Cell> cells() {
        return new Cells(completed, workloads).all();
    }

    /**
     * @param dataFolder existing, on the device that is measured
     * @param version of this program
     * @param command that repeats a campaign of this id
     * @throws UsageError an engine is unknown, or cannot do what the plan asks for
     */
    public Campaign build(Path dataFolder, String version, UnaryOperator<String> command)
            throws IOException, InterruptedException {
        List<Cell> cells = cells();
        List<EngineProvider> providers = CampaignRunner.providersOf(cells, engines);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String id = ID_TIME.format(now) + "-" + plan.profile() + "-"
                + String.format(Locale.ROOT, "%04x", ThreadLocalRandom.current().nextInt(1 << 16));
        return new Campaign(
                Campaign.FORMAT_VERSION,
                id,
                now,
                plan.profile(),
                command.apply(id),
                plan.seed(),
                software(providers, version),
                HostProbe.probe(dataFolder),
                PlanYaml.write(plan.withWorkloads(workloads.storedNames())),
                new Campaign.Design(
                        plan.reference(),
                        plan.trials().equivalenceBand(),
                        plan.trials().confidence(),
                        plan.trials().blocks(),
                        plan.trials().maxHalfWidth(),
                        plan.trials().supportsVerdicts()),
                cells,
                blockOrder(cells),
                KnownEvidence.durability(providers),
                KnownEvidence.linearizability(providers));
    }

    /**
     * Refuses a folder in memory for data that is to survive a power cut, and one from where no engine's library can be loaded.
     *
     * @param host as found at the folder
     * @throws UsageError with the folder and what to do
     */
    public void checkDataFolder(Path folder, Host host) throws IOException {
        if (Filesystem.isInMemory(host.dataFilesystem())
                && strongestDurability().isAtLeast(Durability.POWER_LOSS)) {
            throw new UsageError("the data folder '" + folder + "' is on " + host.dataFilesystem()
                    + ", which is memory: durability POWER_LOSS would mean nothing; choose a folder on a device with"
                    + " --data, or ask for PROCESS_CRASH");
        }
        if (!plan.cluster().members().areRemote()) {
            LibraryFolder.check(folder, CampaignRunner.providersOf(cells(), engines));
        }
    }

    private Durability strongestDurability() {
        return plan.cluster().target().isReplicated()
                ? plan.logDurability()
                : plan.cluster().durability();
    }

    private List<List<String>> blockOrder(List<Cell> cells) {
        List<String> engineCells = new ArrayList<>();
        List<String> ceilings = new ArrayList<>();
        cells.forEach(
                cell -> (cell.isHarnessCeiling() && !plan.engines().contains(Cell.NULL_ENGINE) ? ceilings : engineCells)
                        .add(cell.id()));
        List<List<String>> order = new ArrayList<>();
        for (List<String> block : BlockOrder.balanced(engineCells, plan.trials().maxBlocks(), plan.seed())) {
            List<String> withCeiling = new ArrayList<>(block);
            if (order.size() < plan.trials().ceilingBlocks()) {
                withCeiling.addAll(ceilings);
            }
            order.add(withCeiling);
        }
        return order;
    }

    private Software software(List<EngineProvider> providers, String version) throws IOException, InterruptedException {
        GitCheckout checkout = GitCheckout.ofThisProgram();
        Map<String, String> libraries = new TreeMap<>();
        providers.forEach(provider ->
                libraries.put(provider.facts().displayName(), provider.facts().libraryVersion()));
        RaftLibrary raft = RaftLibrary.onClassPath();
        libraries.put(raft.name(), raft.version());
        ProgramFile.digest().ifPresent(digest -> libraries.put(ProgramFile.NAME, digest));
        List<Software.EngineJar> jars = engines.path().digests();
        return new Software(
                version,
                checkout.revision(),
                checkout.dirty(),
                Runtime.version().toString(),
                System.getProperty("java.vendor", "unknown"),
                ChildJvm.flags(plan.jvm().heapMiB(), plan.jvm().flags(), providers),
                libraries,
                ChildJvm.environmentOptions().isEmpty() ? null : ChildJvm.environmentOptions(),
                jars.isEmpty() ? null : jars,
                providers.stream()
                        .map(provider -> new Software.Engine(
                                provider.id(),
                                provider.facts().architecture(),
                                provider.facts().licence(),
                                provider.facts().maintenance().id()))
                        .toList());
    }
}
