package io.quorumark.engine.badger;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.support.Options;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Badger is opened with. Native options:
 *
 * <table>
 * <caption>Options</caption>
 * <tr><td>{@code memtable_size}</td><td>bytes of a memtable and its log</td></tr>
 * <tr><td>{@code table_size}</td><td>bytes of a table of the first levels</td></tr>
 * <tr><td>{@code cache_size}, {@code index_cache_size}</td><td>bytes of blocks and of tables' indexes and filters that are kept</td></tr>
 * <tr><td>{@code value_threshold}</td><td>values from that many bytes on go to the value log</td></tr>
 * <tr><td>{@code value_log_file_size}</td><td>bytes after which the value log goes on in a new file</td></tr>
 * <tr><td>{@code gc_interval}, {@code gc_threshold}</td><td>every how many seconds the value log is collected, 0 for never; which part of
 * a file must be stale</td></tr>
 * <tr><td>{@code compression}</td><td>of tables: {@code none}, {@code snappy}, {@code zstd}</td></tr>
 * <tr><td>{@code detect_conflicts}</td><td>false refuses transactions, and spares commits the bookkeeping</td></tr>
 * <tr><td>{@code sync_writes}</td><td>true syncs commits of an engine opened at {@code PROCESS_CRASH}</td></tr>
 * </table>
 *
 * <p>What becomes of the memory budget: an eighth is a memtable, at least 2 MiB and at most 64 MiB; three may be there at once, and each
 * takes 1.3 times its size of Go's heap. An eighth is the cache of indexes. An eighth is left to the runtime. The rest, at least an eighth,
 * is the cache of blocks. Go's collector gets the budget and a quarter as its limit, together with all other engines in Go.
 */
final class BadgerSettings {
    static final String MEMTABLE_SIZE = "memtable_size";
    static final long MIN_MEMTABLE_BYTES = 2 << 20;
    static final int MAX_VALUE_BYTES = 16 << 20;

    private static final long MAX_MEMTABLE_BYTES = 1L << 30;
    private static final long MAX_DEFAULT_MEMTABLE_BYTES = 64 << 20;
    private static final int MEMTABLES = 3;
    private static final int BATCH_PERCENT = 15;
    private static final int BUDGET_SHARE = 8;
    private static final long MIN_CACHE_BYTES = 1 << 20;
    private static final long MAX_VALUE_THRESHOLD_BYTES = 1 << 20;
    private static final long VALUE_LOG_FILE_BYTES = 64 << 20;
    private static final long MAX_FILE_BYTES = (1L << 30) - 1;
    private static final long TABLE_BYTES = 2 << 20;
    private static final long MIN_TABLE_BYTES = 1 << 20;
    private static final long COLLECTION_SECONDS = 300;
    private static final long MAX_COLLECTION_SECONDS = 86_400;
    private static final double STALE_PART = 0.5;

    private BadgerSettings() {}

    static long batchBytes(long memTableBytes) {
        return memTableBytes * BATCH_PERCENT / 100;
    }

    /**
     * All options of {@code quorumark_engine.h}'s configuration, those that are not given with their defaults.
     *
     * @throws io.quorumark.engine.EngineException.InvalidOption one is unknown or out of range
     */
    static Map<String, String> of(EngineConfig config) {
        Options options = new Options(BadgerEngineProvider.ID, config);
        long budget = config.memoryBudgetBytes();
        long share = budget / BUDGET_SHARE;
        long usualMemTable = Math.max(MIN_MEMTABLE_BYTES, Math.min(share, MAX_DEFAULT_MEMTABLE_BYTES));
        long memTable = options.number(MEMTABLE_SIZE, usualMemTable, MIN_MEMTABLE_BYTES, MAX_MEMTABLE_BYTES);
        long memTables = MEMTABLES * (memTable + 2 * batchBytes(memTable));
        long usualCache = Math.max(Math.max(share, MIN_CACHE_BYTES), budget - memTables - 2 * share);
        long largestInTree = Math.min(MAX_VALUE_THRESHOLD_BYTES, batchBytes(memTable) / 2);
        boolean synced = config.durability() == Durability.POWER_LOSS;

        Map<String, String> settings = new TreeMap<>();
        settings.put(MEMTABLE_SIZE, Long.toString(memTable));
        number(settings, options, "table_size", TABLE_BYTES, MIN_TABLE_BYTES, MAX_FILE_BYTES);
        number(settings, options, "cache_size", usualCache, MIN_CACHE_BYTES, Math.max(budget, usualCache));
        number(settings, options, "index_cache_size", Math.max(share, MIN_CACHE_BYTES), MIN_CACHE_BYTES, budget);
        number(settings, options, "value_threshold", largestInTree, 1, largestInTree);
        number(settings, options, "value_log_file_size", VALUE_LOG_FILE_BYTES, MAX_VALUE_BYTES, MAX_FILE_BYTES);
        number(settings, options, "gc_interval", COLLECTION_SECONDS, 0, MAX_COLLECTION_SECONDS);
        settings.put("gc_threshold", Double.toString(options.fraction("gc_threshold", STALE_PART)));
        settings.put("compression", options.text("compression", "none", "none", "snappy", "zstd"));
        settings.put("detect_conflicts", Boolean.toString(options.flag("detect_conflicts", true)));
        settings.put(
                "sync_writes",
                synced
                        ? options.text("sync_writes", "true", "true")
                        : Boolean.toString(options.flag("sync_writes", false)));
        options.refuseUnknown();
        return settings;
    }

    private static void number(
            Map<String, String> settings, Options options, String name, long usual, long least, long most) {
        settings.put(name, Long.toString(options.number(name, usual, least, most)));
    }
}
