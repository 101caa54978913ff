package io.quorumark.raft;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Keyspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The engine under one half of a member (its log, or its state) and how that engine is opened.
 *
 * @param provider the engine
 * @param durability the level of every commit; a log acknowledges an entry when it is this durable
 * @param memoryBudgetBytes see {@link EngineConfig#memoryBudgetBytes()}; for this instance alone
 * @param backgroundThreads see {@link EngineConfig#backgroundThreads()}
 * @param maxDataBytes see {@link EngineConfig#maxDataBytes()}
 * @param options see {@link EngineConfig#options()}
 */
public record StoreSpec(
        EngineProvider provider,
        Durability durability,
        long memoryBudgetBytes,
        int backgroundThreads,
        long maxDataBytes,
        Map<String, String> options) {

    public StoreSpec {
        options = Map.copyOf(options);
        if (!provider.capabilities().durabilities().contains(durability)) {
            throw new IllegalArgumentException("durability is " + durability + ", but engine " + provider.id()
                    + " offers " + provider.capabilities().durabilities() + "; choose one of these");
        }
    }

    /** An engine with the default budget, threads and size, and no native options. */
    public static StoreSpec of(EngineProvider provider, Durability durability) {
        return new StoreSpec(
                provider,
                durability,
                EngineConfig.DEFAULT_MEMORY_BUDGET_BYTES,
                EngineConfig.DEFAULT_BACKGROUND_THREADS,
                EngineConfig.DEFAULT_MAX_DATA_BYTES,
                Map.of());
    }

    /**
     * How durable a state needs to be that a log of {@code log} stands behind: it must survive its process, so that it need not be rebuilt,
     * and no more than that. As near to this as the engine comes.
     */
    public static Durability stateDurability(EngineProvider state, Durability log) {
        return state.capabilities()
                .strongestUpTo(log.isAtLeast(Durability.PROCESS_CRASH) ? Durability.PROCESS_CRASH : log);
    }

    /** Whether the engine keeps what it is given; false for the null engine, whose member forgets everything when it stops. */
    public boolean retainsData() {
        return provider.capabilities().retainsData();
    }

    /** The engine's configuration in a folder. */
    public EngineConfig at(Path directory, List<Keyspace> keyspaces) {
        return new EngineConfig(
                directory, keyspaces, durability, memoryBudgetBytes, backgroundThreads, maxDataBytes, options);
    }
}
