package io.quorumark.campaign;

import io.quorumark.campaign.PlannedWorkloads.PlannedWorkload;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.plan.CompletedPlan;
import io.quorumark.campaign.plan.PlanSources;
import io.quorumark.campaign.plan.ResolvedPlan;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.campaign.targets.Demands;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Keyspace;
import io.quorumark.raft.StoreSpec;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.TargetKind;
import io.quorumark.results.store.Sha256;
import io.quorumark.workload.Demand;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.spec.SpecException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The cells of a plan: each engine with each workload, as it can fairly be run. */
public final class Cells {
    /** Holds the log if the engine under test cannot: see docs/decisions/0003. */
    public static final String FALLBACK_LOG_ENGINE = "memory";

    /**
     * One of the plan's.
     *
     * @param records that are loaded
     * @param isLifecycle whether durations are wanted, of what follows a number of operations that is the same for all
     */
    private record Workload(String name, String identity, long records, boolean isLifecycle) {}

    private final ResolvedPlan plan;
    private final PlannedWorkloads workloads;
    private final Engines engines;
    private final PlanSources sources;

    Cells(CompletedPlan completed, PlannedWorkloads workloads) {
        this.plan = completed.plan();
        this.workloads = workloads;
        this.engines = completed.engines();
        this.sources = completed.sources();
    }

    /**
     * In the plan's order, one workload after another; the harness ceiling of each workload after its engines.
     *
     * @throws UsageError an engine is unknown or cannot do what the plan asks for
     */
    List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        for (PlannedWorkload planned : workloads.all()) {
            WorkloadSpec spec = planned.spec();
            String name = spec.name();
            checkDemands(name, spec);
            if (plan.load().kind().equals(Cell.Load.REPLAY) && !spec.model().isReplay()) {
                throw new UsageError("load.kind is 'replay', expected workloads of model 'trace', as '" + name
                        + "' has no recorded times; change load.kind or the workload");
            }
            boolean isLifecycle = spec.model().timesLifecycle();
            if (isLifecycle) {
                checkHasLife(name);
            }
            Workload workload = new Workload(name, planned.identity(), planned.records(), isLifecycle);
            for (String engine : plan.engines()) {
                cells.add(cell(engine, workload));
            }
            if (plan.trials().aaArm()) {
                cells.add(twin(cell(plan.reference(), workload)));
            }
            if (plan.trials().slowdownArm() > 0 && !isLifecycle) { // its load is not the plan's
                cells.add(slowed(cell(plan.reference(), workload)));
            }
            if (hasCeiling() && !isLifecycle) { // what keeps nothing has no life
                cells.add(cell(Cell.NULL_ENGINE, workload));
            }
        }
        return cells;
    }

    /** @throws SpecException the workload asks for what the plan's members cannot do */
    private void checkDemands(String name, WorkloadSpec spec) {
        boolean remote = plan.cluster().members().areRemote();
        Demand.check(
                name,
                spec.demands(),
                remote ? Demands.REMOTE : Demands.ALL,
                remote ? "a group of other processes" : "this process");
    }

    private void checkHasLife(String workload) {
        TargetKind target = plan.cluster().target();
        if (target == TargetKind.STATE_MACHINE || plan.cluster().members().areRemote()) {
            throw new UsageError("workload " + workload + " times phases of an engine or of a group in this process,"
                    + " and cluster.target is '" + target + "'"
                    + (plan.cluster().members().areRemote() ? " with members of other processes" : "")
                    + "; choose target engine, or target cluster with a number of members");
        }
        if (plan.engines().contains(Cell.NULL_ENGINE)) {
            throw new UsageError("workload " + workload + " cannot run on engine '" + Cell.NULL_ENGINE
                    + "', which keeps nothing; leave the engine out");
        }
    }

    /**
     * Every record is overwritten once on average, whatever the plan's load: the phases that follow must find the same work with every
     * engine.
     */
    private static Cell.Load overwrites(ResolvedPlan.Load load, long records) {
        return Cell.Load.closed(load.clients())
                .records(records)
                .measureOperations(records)
                .build();
    }

    /** The same cell once more, under another id and name: what the two show against each other is what noise alone can do. */
    private static Cell twin(Cell cell) {
        return control(cell, " twin", " (again)", cell.load());
    }

    /** The same cell once more, slower by what is known beforehand: whether the campaign can tell is what it shows. */
    private Cell slowed(Cell cell) {
        double share = plan.trials().slowdownArm();
        double stopMillis = plan.trials().slowdownStopMillis();
        String percent = Double.toString(Math.rint(1000 * share) / 10).replaceFirst("\\.0$", "");
        return control(
                cell,
                " slowed by " + share + (stopMillis > 0 ? " in stops of " + stopMillis : ""),
                " (slowed by " + percent + " %)",
                cell.load().slowedBy(share, stopMillis > 0 ? stopMillis : null));
    }

    private static Cell control(Cell cell, String idSuffix, String nameSuffix, Cell.Load load) {
        return new Cell(
                Sha256.id(cell.id() + idSuffix),
                cell.engine(),
                cell.engineName() + nameSuffix,
                cell.engineVersion(),
                cell.workload(),
                cell.workloadIdentity(),
                cell.target(),
                cell.cluster(),
                load,
                cell.memoryBudgetBytes(),
                cell.engineOptions(),
                cell.caveats());
    }

    /** Members that somebody else has started cannot be exchanged for ones that keep nothing. */
    private boolean hasCeiling() {
        return plan.trials().ceilingBlocks() > 0
                && !plan.engines().contains(Cell.NULL_ENGINE)
                && !plan.cluster().members().areRemote();
    }

    private Cell cell(String engineId, Workload workload) {
        EngineProvider provider = engines.require(engineId);
        ResolvedPlan.Cluster cluster = plan.cluster();
        List<String> caveats = new ArrayList<>(provider.facts().caveats());

        String logEngine = logEngine(provider, caveats);
        EngineProvider stateEngine = stateEngine(provider);
        Durability stateDurability = stateDurability(stateEngine);
        boolean replicated = cluster.target().isReplicated();
        boolean remote = !cluster.members().addressesFor(engineId).isEmpty();
        if (remote) {
            caveats.add("Members ran in processes of their own and kept running between trials; each trial began by"
                    + " deleting every record.");
        }
        Cell.Cluster shape = new Cell.Cluster(
                replicated ? cluster.members().countFor(engineId) : 1,
                replicated ? remote ? "tcp" : cluster.transport() : "none",
                replicated ? logEngine : "none",
                stateEngine.id(),
                replicated ? plan.logDurability().code() : stateDurability.code(),
                stateDurability.code(),
                replicated ? cluster.reads() : "local");
        ResolvedPlan.Load load = plan.load();
        Cell.Load driven =
                workload.isLifecycle() ? overwrites(load, workload.records()) : load.ofCell(workload.records());
        long budgetBytes = (long) cluster.memoryBudgetMiB() << 20;
        Map<String, String> options = plan.engineOptions().getOrDefault(engineId, Map.of());
        if (!options.isEmpty()) {
            checkOptions(provider, stateDurability, budgetBytes, options);
            caveats.add("Tuned track: runs with native options of the plan, " + new TreeMap<>(options)
                    + "; compare it with engines that were tuned as well.");
        }
        int limitMiB = plan.trials().memoryLimitMiB();
        if (limitMiB > 0) {
            caveats.add("Each trial's process, page cache included, was held to " + limitMiB + " MiB by the kernel.");
        }
        Map<String, String> identity = new TreeMap<>(options);
        identity.put(
                "$cell",
                String.join(
                        "|",
                        engineId,
                        provider.facts().libraryVersion(),
                        workload.identity(),
                        cluster.target().id()));
        identity.put(
                "$cluster", shape + " " + plan.raft() + " " + cluster.members().addressesFor(engineId));
        identity.put("$load", driven + " " + budgetBytes + " " + cluster.backgroundThreads() + " " + plan.jvm());
        if (limitMiB > 0) {
            identity.put("$memoryLimitMiB", Integer.toString(limitMiB));
        }
        return new Cell(
                Sha256.id(identity.toString()),
                engineId,
                provider.facts().displayName(),
                provider.facts().libraryVersion(),
                workload.name(),
                workload.identity(),
                cluster.target(),
                shape,
                driven,
                budgetBytes,
                options,
                caveats);
    }

    /** The engine under a group's log: what the plan says, else the engine under test, else the fallback if that cannot. */
    private String logEngine(EngineProvider provider, List<String> caveats) {
        Durability durability = plan.logDurability();
        Capabilities capabilities = provider.capabilities();
        String chosen = plan.raft().log().engine();
        if (!capabilities.retainsData() || (chosen == null && capabilities.canServeAsLog(durability))) {
            return provider.id();
        }
        if (chosen != null) {
            EngineProvider log = engines.require(chosen);
            if (!log.capabilities().canServeAsLog(durability)) {
                throw new UsageError("raft.log.engine is '" + log.id() + "', which cannot serve as a durable log at "
                        + durability + "; choose another log engine or another durability");
            }
            return log.id();
        }
        if (capabilities.crashConsistent()) {
            throw new UsageError("engine '" + provider.id() + "' has no durability " + durability
                    + ", expected one of " + capabilities.durabilities()
                    + "; change cluster.durability, leave the engine out, or name a raft.log.engine");
        }
        caveats.add(provider.facts().displayName()
                + " cannot serve as a durable log: these cells keep the Raft log in the '" + FALLBACK_LOG_ENGINE
                + "' engine, and only the state is in " + provider.facts().displayName() + ".");
        return FALLBACK_LOG_ENGINE;
    }

    /**
     * The engine under a group's state: what the plan says, else the engine under test. The harness ceiling keeps nothing, whatever the
     * plan says.
     */
    private EngineProvider stateEngine(EngineProvider provider) {
        String chosen = plan.raft().state().engine();
        if (chosen == null
                || !plan.cluster().target().isReplicated()
                || !provider.capabilities().retainsData()) {
            return provider;
        }
        if (plan.raft().log().engine() != null) {
            throw new UsageError("raft.log.engine is '" + plan.raft().log().engine() + "' and raft.state.engine is '"
                    + chosen + "', which leaves nothing to engine '" + provider.id() + "'; remove one of the two");
        }
        return engines.require(chosen);
    }

    private Durability stateDurability(EngineProvider provider) {
        Capabilities capabilities = provider.capabilities();
        Durability wanted = plan.raft().state().durability();
        if (!plan.cluster().target().isReplicated()) {
            // Without Raft there is no log behind the state: the engine itself owes the durability.
            wanted = plan.cluster().durability();
        }
        if (wanted == null) {
            return StoreSpec.stateDurability(provider, plan.logDurability());
        }
        if (!capabilities.durabilities().contains(wanted)) {
            throw new UsageError("engine '" + provider.id() + "' has no durability " + wanted + ", expected one of "
                    + capabilities.durabilities() + "; change the plan's durability or leave the engine out");
        }
        return wanted;
    }

    /** @throws UsageError the engine tells beforehand that it would refuse them at opening */
    private void checkOptions(
            EngineProvider provider, Durability durability, long budgetBytes, Map<String, String> options) {
        try {
            provider.checkOptions(EngineConfig.of(Path.of(provider.id()), Keyspace.listOf("state"), durability)
                    .withMaxDataBytes(Math.max(budgetBytes, EngineConfig.DEFAULT_MAX_DATA_BYTES))
                    .withMemoryBudgetBytes(budgetBytes)
                    .withOptions(options));
        } catch (EngineException.InvalidOption e) {
            throw sources.located("engineOptions." + provider.id(), new UsageError(String.valueOf(e.getMessage())));
        }
    }
}
