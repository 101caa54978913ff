package io.quorumark.campaign.engine;

import io.quorumark.campaign.support.Invocation;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.engine.EngineProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The engines on the class path and, with an {@link EnginePath}, those from outside, found by {@link ServiceLoader}. The only place where
 * providers are looked for.
 */
public final class Engines {
    private final EnginePath path;
    private final Map<String, EngineProvider> providers = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    private Engines(EnginePath path) {
        this.path = path;
    }

    public static Engines onClassPath() {
        return with(EnginePath.NONE);
    }

    /**
     * Those on the class path and those of {@code path}.
     *
     * @throws UsageError a jar's engine has the id of another one, or no jar has any
     */
    public static Engines with(EnginePath path) {
        Engines engines = new Engines(path);
        engines.add(EngineDiscovery.of(ServiceLoader.load(EngineProvider.class)));
        if (!path.isEmpty()) {
            EngineDiscovery outside = EngineDiscovery.of(path.load());
            if (outside.providers().isEmpty() && outside.faults().isEmpty()) {
                throw new UsageError(
                        "there is no engine in " + path.jars() + "; expected a jar whose META-INF/services/"
                                + EngineProvider.class.getName() + " names a provider");
            }
            engines.add(outside);
        }
        return engines;
    }

    private void add(EngineDiscovery found) {
        for (EngineProvider provider : found.providers()) {
            EngineProvider other = providers.putIfAbsent(provider.id(), provider);
            if (other != null) {
                throw new UsageError("the engine id '" + provider.id() + "' of "
                        + provider.getClass().getName() + " is taken by "
                        + other.getClass().getName() + "; give it another id");
            }
        }
        faults.addAll(found.faults());
    }

    /** Where those from outside are. */
    public EnginePath path() {
        return path;
    }

    /** One sentence for each provider that was found and cannot be used, and that is none of these engines. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** @throws UsageError there is no such engine, and the message lists those there are; or it was not built here */
    public EngineProvider require(String id) {
        EngineProvider provider = providers.get(id);
        if (provider == null) {
            throw new UsageError("unknown engine '" + id + "', expected one of " + providers.keySet() + "; see '"
                    + Invocation.here("list", "engines") + "'"
                    + (faults.isEmpty() ? "" : "; left out: " + String.join("; ", faults)));
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

    /** One sentence for each engine that cannot be opened or used here, and that {@link #retainingData} leaves out. */
    public List<String> leftOut() {
        return Stream.concat(
                        providers.values().stream()
                                .flatMap(provider -> provider.unavailable().stream()
                                        .map(sentence -> provider.id() + ": " + sentence)),
                        faults.stream())
                .toList();
    }
}
