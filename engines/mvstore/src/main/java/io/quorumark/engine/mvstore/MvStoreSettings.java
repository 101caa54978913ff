package io.quorumark.engine.mvstore;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.support.Options;
import java.util.Map;
import java.util.TreeMap;
import org.h2.mvstore.MVStore;

/**
 * How the memory budget is split, and the native options of the tuned track. This is the one place where the budget is split; {@link
 * KVEngine#effectiveOptions()} reads each part back: three quarters are the page cache ({@code cache_size}), on the heap; one quarter
 * bounds what commits at {@code NONE} keep unsaved ({@code unsaved_bytes}), and what one round of housekeeping rewrites.
 *
 * @param cacheMebibytes of pages, at least 1
 * @param unsavedBytes how much is kept before it is stored at {@code NONE}
 * @param retentionMillis how long a chunk stays after nothing needs it; the library's default of 45 s. With 0, acknowledged commits were
 *     lost by kills
 * @param compress {@code none} (the default), {@code lzf} or {@code deflate}, of pages
 */
record MvStoreSettings(
        int cacheMebibytes,
        long unsavedBytes,
        int pageSplitBytes,
        int keysPerPage,
        int autoCompactFillRate,
        int retentionMillis,
        String compress) {
    private static final int DEFAULT_PAGE_SPLIT_BYTES = 16 << 10;
    private static final int DEFAULT_KEYS_PER_PAGE = 48;
    private static final int DEFAULT_FILL_RATE_PERCENT = 90;
    private static final int RETENTION_MILLIS = 45_000;
    private static final int LEAST_RETENTION_MILLIS = 1_000;

    /** @throws EngineException.InvalidOption an option is unknown or its value is not accepted */
    static MvStoreSettings of(EngineConfig config) {
        Options options = new Options(MvStoreEngineProvider.ID, config);
        MvStoreSettings settings = new MvStoreSettings(
                (int) Math.max(1, (config.memoryBudgetBytes() / 4 * 3) >> 20),
                config.memoryBudgetBytes() / 4,
                (int) options.number("page_split_size", DEFAULT_PAGE_SPLIT_BYTES, 1 << 10, 1 << 20),
                (int) options.number("keys_per_page", DEFAULT_KEYS_PER_PAGE, 8, 1 << 12),
                (int) options.number("auto_compact_fill_rate", DEFAULT_FILL_RATE_PERCENT, 0, 99),
                (int) options.number("retention_time", RETENTION_MILLIS, LEAST_RETENTION_MILLIS, 3_600_000),
                options.text("compress", "none", "none", "lzf", "deflate"));
        options.refuseUnknown();
        return settings;
    }

    /** Without MVStore's own thread, which would store half of a commit. */
    MVStore.Builder builder() {
        MVStore.Builder builder = new MVStore.Builder()
                .autoCommitDisabled()
                .cacheSize(cacheMebibytes)
                .pageSplitSize(pageSplitBytes)
                .keysPerPage(keysPerPage)
                .autoCompactFillRate(autoCompactFillRate);
        return switch (compress) {
            case "lzf" -> builder.compress();
            case "deflate" -> builder.compressHigh();
            default -> builder;
        };
    }

    /** What the store says of itself, and what it has no way to say. */
    Map<String, String> inForce(MVStore store, InterruptProofFile file) {
        Map<String, String> found = new TreeMap<>();
        found.put("cache_size", Long.toString((long) store.getCacheSize() << 20));
        found.put("keys_per_page", Integer.toString(store.getKeysPerPage()));
        found.put("page_split_size", Long.toString(store.getMaxPageSize()));
        found.put("retention_time", Integer.toString(store.getRetentionTime()));
        found.put("auto_compact_fill_rate", Integer.toString(file.autoCompactFillRatePercent()));
        found.put("unsaved_bytes", Long.toString(unsavedBytes));
        found.put("compress", compress);
        return found;
    }
}
