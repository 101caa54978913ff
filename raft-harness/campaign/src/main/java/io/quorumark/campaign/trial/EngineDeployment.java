package io.quorumark.campaign.trial;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.targets.EngineTarget;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.raft.timing.Activity;
import io.quorumark.results.model.Cell;
import io.quorumark.workload.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One bare engine, driven by one thread. */
final class EngineDeployment implements Deployment {
    static final Keyspace STATE = Keyspace.listOf("state").get(0);

    private final TrialSpec spec;
    private final EngineProvider provider;
    private final KVEngine engine;
    private final EngineTarget target;
    private boolean targetClosed;

    private EngineDeployment(TrialSpec spec, EngineProvider provider, KVEngine engine, EngineTarget target) {
        this.spec = spec;
        this.provider = provider;
        this.engine = engine;
        this.target = target;
    }

    static EngineDeployment start(TrialSpec spec, Engines engines) {
        EngineProvider provider = engines.require(spec.cell().engine());
        EngineConfig config = config(spec, folder(spec));
        KVEngine engine = provider.open(config);
        return new EngineDeployment(spec, provider, engine, new EngineTarget(engine, STATE, config.durability()));
    }

    /** Where the trial's engine lies. */
    static Path folder(TrialSpec spec) {
        return TrialRunner.members(spec).resolve("engine");
    }

    static EngineConfig config(TrialSpec spec, Path folder) {
        Cell cell = spec.cell();
        return new EngineConfig(
                folder,
                List.of(STATE),
                Durability.ofCode(cell.cluster().stateDurability()),
                cell.memoryBudgetBytes(),
                spec.backgroundThreads(),
                EngineConfig.DEFAULT_MAX_DATA_BYTES,
                cell.engineOptions());
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
        return Map.of("engine", EngineFigures.content(engine, STATE));
    }

    @Override
    public byte @Nullable [] value(String replica, byte[] key) {
        return EngineFigures.value(engine, STATE, key);
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
    public LifecycleTimes runLifecycle() throws IOException, InterruptedException {
        closeTarget();
        Path beside = Files.createDirectories(folder(spec).resolveSibling("life"));
        return new EngineLife(spec, provider, config(spec, folder(spec)), beside).go(engine);
    }

    private void closeTarget() {
        if (!targetClosed) {
            targetClosed = true;
            target.close();
        }
    }

    @Override
    public void close() {
        closeTarget();
        engine.close();
    }
}
