package io.quorumark.campaign.trial;

import io.quorumark.campaign.host.PageCache;
import io.quorumark.campaign.trial.Deployment.ReplicaContent;
import io.quorumark.engine.Ability;
import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.results.model.LifecyclePhase;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The life of a bare engine besides operations: checkpoint, restore, start, recovery, compaction. The engine is started and killed in JVMs
 * of their own, since only there is nothing loaded, compiled or cached beforehand; a kill is a kill. Content is compared after each phase.
 */
final class EngineLife {
    private final TrialSpec spec;
    private final EngineProvider provider;
    private final EngineConfig config;
    private final LifecycleTimes lifecycle = new LifecycleTimes();
    private final Path folder;

    /** @param folder for checkpoints and the like, on the measured device */
    EngineLife(TrialSpec spec, EngineProvider provider, EngineConfig config, Path folder) {
        this.spec = spec;
        this.provider = provider;
        this.config = config;
        this.folder = folder;
    }

    /** @param engine open, with no handle of its own open; closed on return */
    LifecycleTimes go(KVEngine engine) throws IOException, InterruptedException {
        ReplicaContent content = EngineFigures.content(engine, EngineDeployment.STATE);
        Path checkpoint = folder.resolve("checkpoint");
        lifecycle.time(LifecyclePhase.CHECKPOINT, () -> engine.checkpoint(checkpoint));
        engine.close();
        restore(checkpoint, content);
        start(content);
        compact(content);
        return lifecycle;
    }

    private void restore(Path checkpoint, ReplicaContent content) {
        Path restored = folder.resolve("restored");
        long began = System.nanoTime();
        Checkpoint.restore(provider.id(), checkpoint, restored);
        try (KVEngine engine = provider.open(EngineDeployment.config(spec, restored))) {
            EngineFigures.readFirst(engine, EngineDeployment.STATE);
            lifecycle.took(LifecyclePhase.RESTORE, System.nanoTime() - began);
            lifecycle.check(LifecyclePhase.RESTORE, content, EngineFigures.content(engine, EngineDeployment.STATE));
        }
    }

    private void start(ReplicaContent content) throws IOException, InterruptedException {
        PageCache.Evidence cache = new PageCache().chill(config.directory());
        LifecyclePhase phase = cache.temperature() == PageCache.Temperature.COLD
                ? LifecyclePhase.COLD_START
                : LifecyclePhase.LUKEWARM_START;
        boolean survivesKill = provider.capabilities().survivesKill(config.durability());
        try (OpenedEngine opened =
                OpenedEngine.start(spec, folder, survivesKill ? EngineOpening.REWRITE : EngineOpening.READ)) {
            lifecycle.took(phase, opened.nanos("opened"));
            lifecycle.remark(phase, cache.reason());
            if (survivesKill) {
                opened.nanos("rewritten");
            } else {
                lifecycle.check(phase, content, opened.content());
                opened.awaitEnd();
            }
        }
        if (!survivesKill) {
            lifecycle.notOffered(
                    LifecyclePhase.RECOVERY,
                    provider.facts().displayName() + " does not survive the end of its process at "
                            + config.durability());
            return;
        }
        try (OpenedEngine opened = OpenedEngine.start(spec, folder, EngineOpening.READ)) {
            lifecycle.took(LifecyclePhase.RECOVERY, opened.nanos("opened"));
            lifecycle.check(LifecyclePhase.RECOVERY, content, opened.content());
            opened.awaitEnd();
        }
    }

    private void compact(ReplicaContent content) {
        if (!provider.capabilities().has(Ability.COMPACTION)) {
            lifecycle.notOffered(
                    LifecyclePhase.COMPACTION, provider.facts().displayName() + " has none that can be asked for");
            return;
        }
        try (KVEngine engine = provider.open(config)) {
            lifecycle.time(LifecyclePhase.COMPACTION, engine::compact);
            lifecycle.check(LifecyclePhase.COMPACTION, content, EngineFigures.content(engine, EngineDeployment.STATE));
        }
    }
}
