package io.quorumark.app;

import io.quorumark.engine.EngineProvider;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The engines on the class path, found by {@link ServiceLoader}. */
public final class Engines {
    private final Map<String, EngineProvider> providers = new TreeMap<>();

    private Engines() {}

    public static Engines onClassPath() {
        Engines engines = new Engines();
        for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
            engines.providers.put(provider.id(), provider);
        }
        return engines;
    }

    /** @throws UsageError there is no such engine; the message lists those there are */
    public EngineProvider require(String id) {
        EngineProvider provider = providers.get(id);
        if (provider == null) {
            throw new UsageError("unknown engine '" + id + "', expected one of " + providers.keySet() + "; see '"
                    + Invocation.here("list", "engines") + "'");
        }
        return provider;
    }

    /** All of them by id, the null engine included. */
    public Map<String, EngineProvider> all() {
        return Map.copyOf(providers);
    }

    /** All of them in the order of their ids. */
    public Iterable<EngineProvider> inOrder() {
        return providers.values();
    }

    /** Those that keep what they are given, in the same order. */
    public List<EngineProvider> retainingData() {
        return providers.values().stream()
                .filter(provider -> provider.capabilities().retainsData())
                .toList();
    }
}
