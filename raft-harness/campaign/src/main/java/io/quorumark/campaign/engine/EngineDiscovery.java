package io.quorumark.campaign.engine;

import io.quorumark.engine.EngineProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/**
 * The providers that a {@link ServiceLoader} finds, and the faults of those that cannot be used. A provider is asked here for everything
 * that is known without opening an engine, so that a faulty one stops no command that is about others.
 */
final class EngineDiscovery {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+");

    private final List<EngineProvider> providers = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private EngineDiscovery() {}

    static EngineDiscovery of(ServiceLoader<EngineProvider> loader) {
        EngineDiscovery discovery = new EngineDiscovery();
        discovery.walk(loader.stream().iterator());
        return discovery;
    }

    List<EngineProvider> providers() {
        return providers;
    }

    /** One sentence for each provider that was found and cannot be used. */
    List<String> faults() {
        return faults;
    }

    private void walk(Iterator<ServiceLoader.Provider<EngineProvider>> found) {
        String previous = "";
        while (true) {
            ServiceLoader.Provider<EngineProvider> next;
            try {
                if (!found.hasNext()) {
                    return;
                }
                next = found.next();
            } catch (ServiceConfigurationError | LinkageError e) {
                String fault = text(e);
                if (fault.equals(previous)) {
                    // the list of providers cannot be read; it would say so for ever
                    return;
                }
                faults.add(fault);
                previous = fault;
                continue;
            }
            add(next);
        }
    }

    private void add(ServiceLoader.Provider<EngineProvider> found) {
        try {
            EngineProvider provider = found.get();
            check(provider);
            providers.add(provider);
        } catch (ServiceConfigurationError e) {
            faults.add(found.type().getName() + " cannot be made: " + text(e.getCause() == null ? e : e.getCause()));
        } catch (Exception | LinkageError | AssertionError e) {
            faults.add(found.type().getName() + " cannot say what it is: " + text(e));
        }
    }

    private static void check(EngineProvider provider) {
        String id = Objects.requireNonNull(provider.id(), "id() is null");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id() is '" + id + "', expected lower-case letters and digits");
        }
        Objects.requireNonNull(provider.facts(), "facts() is null");
        Objects.requireNonNull(provider.capabilities(), "capabilities() is null");
        Objects.requireNonNull(provider.requiredJvmFlags(), "requiredJvmFlags() is null");
        Objects.requireNonNull(provider.unavailable(), "unavailable() is null");
        for (String beginning : provider.backgroundThreads()) {
            if (beginning.isBlank()) {
                throw new IllegalArgumentException("backgroundThreads() has an empty name, which fits every thread");
            }
        }
    }

    private static String text(Throwable fault) {
        Throwable cause =
                fault instanceof ExceptionInInitializerError && fault.getCause() != null ? fault.getCause() : fault;
        return cause instanceof ServiceConfigurationError ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
