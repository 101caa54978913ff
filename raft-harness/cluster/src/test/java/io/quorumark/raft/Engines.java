package io.quorumark.raft;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The engines on the test's classpath. */
public final class Engines {
    private Engines() {}

    public static List<EngineProvider> all() {
        return ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(EngineProvider::id))
                .toList();
    }

    public static EngineProvider byId(String id) {
        return all().stream()
                .filter(engine -> engine.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("engine is " + id + ", expected one of "
                        + all().stream().map(EngineProvider::id).toList()));
    }

    /** Those that keep what they are given. */
    public static Stream<EngineProvider> retaining() {
        return all().stream().filter(engine -> engine.capabilities().retainsData());
    }

    /** Those that can carry a Raft log through a killed process. */
    public static Stream<EngineProvider> logEngines() {
        return retaining()
                .filter(engine -> engine.capabilities().canServeAsLog(Durability.PROCESS_CRASH)
                        || engine.capabilities().canServeAsLog(Durability.POWER_LOSS));
    }

    /** The engine at its level nearest to {@link Durability#PROCESS_CRASH} that it can serve a log at. */
    public static StoreSpec spec(EngineProvider engine) {
        Durability durability = engine.capabilities().durabilities().contains(Durability.PROCESS_CRASH)
                ? Durability.PROCESS_CRASH
                : engine.capabilities().strongestUpTo(Durability.POWER_LOSS);
        return new StoreSpec(engine, durability, 16L << 20, 1, 1L << 30, Map.of());
    }

    public static StoreSpec spec(String id) {
        return spec(byId(id));
    }
}
