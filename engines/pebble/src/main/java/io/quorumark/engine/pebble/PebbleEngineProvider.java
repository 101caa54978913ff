package io.quorumark.engine.pebble;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Maintenance;
import io.quorumark.engine.bridge.NativeLibrary;
import io.quorumark.engine.bridge.NativeProvider;
import io.quorumark.engine.support.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pebble, the store under CockroachDB, as an engine.
 *
 * <p>{@code POWER_LOSS} is Pebble's {@code Sync}, which waiting commits share. {@code NONE} is {@code NoSync}: a record waits in
 * memory until its block of the log is full. {@code PROCESS_CRASH} is not an option of Pebble: a commit asks for a sync, and the file
 * system that Pebble is given writes the log and leaves the device out of it, unless a commit at {@code POWER_LOSS} waits too. The
 * levels mix.
 *
 * <p>All keyspaces share one tree, each under a prefix of one byte.
 *
 * <p>What becomes of the memory budget: an eighth is each of two memtables, the rest is the block cache; both lie outside Go's heap.
 * Tables are read through the page cache.
 *
 * <p>Pebble ends its process if the device refuses its log or its list of tables. Here the engine fails instead: commits are refused
 * with what the device said, and nothing more reaches the log.
 *
 * <p>Native options: {@code compression} ({@code none}, {@code snappy}, {@code zstd}, {@code minlz}), {@code bloom_bits} (0 to 64 a
 * key), {@code memtable_size}, {@code cache_size} (bytes).
 */
public final class PebbleEngineProvider extends NativeProvider {
    static final String ID = "pebble";
    static final String VERSION = "2.1.7";

    private static final int MEM_TABLES = 2;
    private static final int MEM_TABLE_SHARE = 8;
    private static final int BLOOM_BITS = 10;

    /** Pebble takes batches up to 4 GiB, and with them keys and values. */
    private static final Limits LIMITS = new Limits(0, 65_535, 64 << 20);

    private static final Capabilities CAPABILITIES = new Capabilities(
            Set.of(Durability.NONE, Durability.PROCESS_CRASH, Durability.POWER_LOSS),
            true,
            true,
            true,
            false,
            Set.of(
                    Ability.CONSTANT_TIME_SNAPSHOT,
                    Ability.CONSTANT_TIME_RANGE_DELETE,
                    Ability.CONCURRENT_WRITERS,
                    Ability.GROUP_COMMIT,
                    Ability.ONLINE_CHECKPOINT,
                    Ability.COMPACTION,
                    Ability.INTEGRITY_CHECK),
            LIMITS);

    public PebbleEngineProvider() {
        super(ID, NativeLibrary.GO, CAPABILITIES, "keyspaces");
    }

    @Override
    public EngineFacts facts() {
        return new EngineFacts(
                "Pebble",
                "Pebble " + VERSION + " (Go)",
                "LSM tree",
                "BSD-3-Clause",
                Maintenance.ACTIVE,
                List.of(
                        "PROCESS_CRASH is made by this project's file system under Pebble, which has no such level itself.",
                        "On a full device a commit at NONE may wait until there is room; at other levels it is refused."));
    }

    @Override
    protected Map<String, String> settings(EngineConfig config) {
        Options options = new Options(ID, config);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("compression", options.text("compression", "none", "none", "snappy", "zstd", "minlz"));
        settings.put("bloom_bits", Long.toString(options.number("bloom_bits", BLOOM_BITS, 0, 64)));
        long budget = config.memoryBudgetBytes();
        long memTable = options.number("memtable_size", budget / MEM_TABLE_SHARE, 1 << 20, budget / MEM_TABLES);
        settings.put("memtable_size", Long.toString(memTable));
        long cache = budget - MEM_TABLES * memTable;
        settings.put("cache_size", Long.toString(options.number("cache_size", cache, 0, cache)));
        options.refuseUnknown();
        return settings;
    }
}
