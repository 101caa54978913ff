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

    /** @throws UsageError there is no such engine, and the message lists those there are; or it was not built here */
    public EngineProvider require(String id) {
        EngineProvider provider = providers.get(id);
        if (provider == null) {
            throw new UsageError("unknown engine '" + id + "', expected one of " + providers.keySet() + "; see '"
                    + Invocation.here("list", "engines") + "'");
        }
        provider.unavailable().ifPresent(sentence -> {
            throw new UsageError(id + ": " + sentence);
        });
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

    /** Those that keep what they are given and can be opened here, in the same order. */
    public List<EngineProvider> retainingData() {
        return providers.values().stream()
                .filter(provider -> provider.capabilities().retainsData())
                .filter(provider -> provider.unavailable().isEmpty())
                .toList();
    }

    /** One sentence for each engine that cannot be opened here, and that {@link #retainingData} leaves out. */
    public List<String> leftOut() {
        return providers.values().stream()
                .flatMap(provider -> provider.unavailable().stream().map(sentence -> provider.id() + ": " + sentence))
                .toList();
    }
}
