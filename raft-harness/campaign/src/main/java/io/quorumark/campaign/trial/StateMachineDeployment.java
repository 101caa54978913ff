package io.quorumark.campaign.trial;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.targets.StateMachineTarget;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.KVEngine;
import io.quorumark.raft.state.StateStore;
import io.quorumark.raft.timing.Activity;
import io.quorumark.results.model.Cell;
import io.quorumark.workload.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An engine behind the replicated state machine, without Raft: what is left when replication is taken away. */
final class StateMachineDeployment implements Deployment {
    private final KVEngine engine;
    private final StateStore store;
    private final StateMachineTarget target;

    private StateMachineDeployment(KVEngine engine, StateStore store, StateMachineTarget target) {
        this.engine = engine;
        this.store = store;
        this.target = target;
    }

    static StateMachineDeployment start(TrialSpec spec, Engines engines, Path folder) {
        Cell cell = spec.cell();
        Durability durability = Durability.ofCode(cell.cluster().stateDurability());
        KVEngine engine = engines.require(cell.engine())
                .open(new EngineConfig(
                        folder.resolve("engine"),
                        StateStore.KEYSPACES,
                        durability,
                        cell.memoryBudgetBytes(),
                        spec.backgroundThreads(),
                        EngineConfig.DEFAULT_MAX_DATA_BYTES,
                        cell.engineOptions()));
        StateStore store = new StateStore(engine, durability);
        return new StateMachineDeployment(engine, store, new StateMachineTarget(engine, store));
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public long leadershipEpoch() {
        return 0;
    }

    @Override
    public List<Activity> takeActivities() {
        return Activity.takenFrom(engine);
    }

    @Override
    public void settle() {
        engine.sync();
    }

    @Override
    public Map<String, ReplicaContent> contents() {
        return Map.of("engine", EngineFigures.content(engine, StateStore.STATE));
    }

    @Override
    public byte @Nullable [] value(String replica, byte[] key) {
        return EngineFigures.value(engine, StateStore.STATE, key);
    }

    @Override
    public Map<String, String> effectiveOptions() {
        return engine.effectiveOptions();
    }

    @Override
    public Map<String, Double> engineStats() {
        return EngineFigures.stats("", engine.stats());
    }

    @Override
    public List<InstanceStats> instances() {
        return List.of(EngineFigures.instance(true, engine.stats()));
    }

    @Override
    public List<String> failures() {
        return List.of();
    }

    @Override
    public void close() {
        target.close();
        store.close();
        engine.close();
    }
}
