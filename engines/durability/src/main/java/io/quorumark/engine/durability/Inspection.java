package io.quorumark.engine.durability;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens what was left, and looks. */
final class Inspection {
    private Inspection() {}

    /** What is wrong with the folder, given that batch {@code acknowledged} was acknowledged; null if nothing is. */
    static @Nullable Problem of(EngineProvider provider, Path directory, Durability durability, long acknowledged) {
        try (KVEngine engine = provider.open(Workload.config(directory, durability));
                Session session = engine.openSession()) {
            return Workload.problemIn(session, acknowledged);
        } catch (EngineException e) {
            return new Problem(
                    Problem.Kind.UNOPENABLE, String.valueOf(e.getMessage()).replace('\n', ' '));
        }
    }
}
