package io.quorumark.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything an engine is opened with. The same for every engine but for {@code options}, so that a comparison is fair by construction.
 *
 * @param directory the engine's own folder, created if absent; its parent must exist
 * @param keyspaces all keyspaces, in the order of their ordinals; the same list at every opening of a folder
 * @param durability the strongest level that a commit will ask for
 * @param memoryBudgetBytes what the engine may use for write buffers, caches and heap together; the adapter documents how it is split and
 * reads the result back in {@link KVEngine#effectiveOptions()}
 * @param backgroundThreads how many threads the engine may use for flushes, compaction or collection
 * @param maxDataBytes an upper bound of the data, for engines that map their file at a fixed size; no space is taken in advance
 * @param options native options by the engine's own names (the tuned track); an option that the adapter does not know is refused. Empty by
 * default
 */
public record EngineConfig(
        Path directory,
        List<Keyspace> keyspaces,
        Durability durability,
        long memoryBudgetBytes,
        int backgroundThreads,
        long maxDataBytes,
        Map<String, String> options) {

    public static final long DEFAULT_MEMORY_BUDGET_BYTES = 64L << 20;
    public static final int DEFAULT_BACKGROUND_THREADS = 2;
    public static final long DEFAULT_MAX_DATA_BYTES = 16L << 30;

    /** The smallest budget that every engine can keep to. */
    public static final long MIN_MEMORY_BUDGET_BYTES = 8L << 20;

    public EngineConfig {
        keyspaces = List.copyOf(keyspaces);
        options = Map.copyOf(options);
        if (keyspaces.isEmpty()) {
            throw new IllegalArgumentException("keyspaces is empty, expected at least one");
        }
        for (int i = 0; i < keyspaces.size(); i++) {
            if (keyspaces.get(i).ordinal() != i) {
                throw new IllegalArgumentException(
                        "keyspace '" + keyspaces.get(i).name() + "' has ordinal "
                                + keyspaces.get(i).ordinal() + " at position " + i + "; use Keyspace.listOf");
            }
        }
        if (memoryBudgetBytes < MIN_MEMORY_BUDGET_BYTES) {
            throw new IllegalArgumentException("memoryBudgetBytes is " + memoryBudgetBytes + ", expected at least "
                    + MIN_MEMORY_BUDGET_BYTES + " (8 MiB)");
        }
        if (backgroundThreads < 1) {
            throw new IllegalArgumentException("backgroundThreads is " + backgroundThreads + ", expected 1 or more");
        }
        if (maxDataBytes < memoryBudgetBytes) {
            throw new IllegalArgumentException("maxDataBytes is " + maxDataBytes
                    + ", expected at least the memory budget (" + memoryBudgetBytes + ")");
        }
    }

    /** A config with the default budget, threads and size, and no native options. */
    public static EngineConfig of(Path directory, List<Keyspace> keyspaces, Durability durability) {
        return new EngineConfig(
                directory,
                keyspaces,
                durability,
                DEFAULT_MEMORY_BUDGET_BYTES,
                DEFAULT_BACKGROUND_THREADS,
                DEFAULT_MAX_DATA_BYTES,
                Map.of());
    }

    public EngineConfig withDirectory(Path newDirectory) {
        return new EngineConfig(
                newDirectory, keyspaces, durability, memoryBudgetBytes, backgroundThreads, maxDataBytes, options);
    }

    public EngineConfig withMemoryBudgetBytes(long newBudgetBytes) {
        return new EngineConfig(
                directory, keyspaces, durability, newBudgetBytes, backgroundThreads, maxDataBytes, options);
    }

    public EngineConfig withMaxDataBytes(long newMaxDataBytes) {
        return new EngineConfig(
                directory, keyspaces, durability, memoryBudgetBytes, backgroundThreads, newMaxDataBytes, options);
    }

    public EngineConfig withOptions(Map<String, String> newOptions) {
        return new EngineConfig(
                directory, keyspaces, durability, memoryBudgetBytes, backgroundThreads, maxDataBytes, newOptions);
    }
}
