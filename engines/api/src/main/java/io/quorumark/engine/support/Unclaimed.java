package io.quorumark.engine.support;

import io.quorumark.engine.Ability;
import io.quorumark.engine.EngineException;
import java.nio.file.Path;

/** How an adapter refuses what it does not claim. */
public final class Unclaimed {
    private Unclaimed() {}

    /** To be thrown by a call that needs {@code ability}, which the engine's capabilities do not name. */
    public static EngineException.Unsupported refuse(String engineId, Path directory, Ability ability) {
        return new EngineException.Unsupported(
                engineId,
                directory,
                "does not support " + ability + "; ask its capabilities first, or choose an engine that claims it");
    }
}
