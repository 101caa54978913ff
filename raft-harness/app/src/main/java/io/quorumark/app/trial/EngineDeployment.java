package io.quorumark.app.trial;

import io.quorumark.app.Engines;
import io.quorumark.app.targets.EngineTarget;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.results.model.Cell;
import io.quorumark.workload.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One bare engine, driven by one thread. */
final class EngineDeployment implements Deployment {
    private static final Keyspace STATE = Keyspace.listOf("state").get(0);

    private final KVEngine engine;
    private final EngineTarget target;

    private EngineDeployment(KVEngine engine, EngineTarget target) {
        this.engine = engine;
        this.target = target;
    }

    static EngineDeployment start(TrialSpec spec, Engines engines, Path folder) {
        Cell cell = spec.cell();
        Durability durability = Durability.valueOf(cell.cluster().stateDurability());
        KVEngine engine = engines.require(cell.engine())
                .open(new EngineConfig(
                        folder.resolve("engine"),
                        List.of(STATE),
                        durability,
                        cell.memoryBudgetBytes(),
                        spec.backgroundThreads(),
                        EngineConfig.DEFAULT_MAX_DATA_BYTES,
                        cell.engineOptions()));
        return new EngineDeployment(engine, new EngineTarget(engine, STATE, durability));
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
    public void settle() {
        engine.sync();
    }

    @Override
    public Map<String, ReplicaContent> contents() {
        return Map.of("engine", EngineFigures.content(engine, STATE));
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
        engine.close();
    }
}
