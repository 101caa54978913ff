package io.quorumark.raft;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineStats;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one engine of a member says of itself.
 *
 * @param engineId the provider's id
 * @param directory the engine's folder
 * @param durability the level of every commit
 * @param stats its figures at this moment
 * @param effectiveOptions the settings in force, read back from the engine
 */
public record StoreUsage(
        String engineId,
        Path directory,
        Durability durability,
        EngineStats stats,
        Map<String, String> effectiveOptions) {
    public StoreUsage {
        effectiveOptions = Map.copyOf(effectiveOptions);
    }
}
