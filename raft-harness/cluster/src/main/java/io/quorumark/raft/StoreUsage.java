package io.quorumark.raft;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineStats;
import io.quorumark.raft.message.MemberFigures;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one engine of a member says of itself.
 *
 * @param engineId the provider's id
 * @param directory the engine's folder
 * @param durability the level of every commit
 * @param memoryBudgetBytes that it was opened with
 * @param stats its figures at this moment
 * @param effectiveOptions the settings in force, read back from the engine
 */
public record StoreUsage(
        String engineId,
        Path directory,
        Durability durability,
        long memoryBudgetBytes,
        EngineStats stats,
        Map<String, String> effectiveOptions) {
    public StoreUsage {
        effectiveOptions = Map.copyOf(effectiveOptions);
    }

    /** This as a message. */
    MemberFigures.Store asMessage() {
        Map<String, Double> figures = new TreeMap<>();
        for (EngineStats.Entry entry : stats.entries()) {
            figures.put(entry.name() + " [" + entry.unit() + "]", entry.value());
        }
        return new MemberFigures.Store(engineId, durability.code(), memoryBudgetBytes, effectiveOptions, figures);
    }
}
