package io.quorumark.engine.memory;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.Options;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How an engine is run; the native options of the tuned track, in one place.
 *
 * <p><b>Memory:</b> nothing here splits {@link EngineConfig#memoryBudgetBytes()}: all data is on the heap, bounded by the JVM's maximum
 * alone, and the effective options say so.
 *
 * @param logBytes how long the log may grow before the content goes to a snapshot file
 * @param sync when the log is forced
 * @param syncInterval of {@link LogSync#PERIODIC}
 * @param retention which snapshot files stay
 * @param key what everything on the device is encrypted with; null for nothing
 */
record MemorySettings(
        long logBytes,
        LogSync sync,
        Duration syncInterval,
        Retention retention,
        @Nullable EncryptionKey key) {
    private static final long DEFAULT_LOG_BYTES = 256L << 20;
    private static final long DEFAULT_SYNC_INTERVAL_MILLIS = 100;
    private static final long MAX_INTERVAL_MILLIS = 3_600_000;
    private static final int MAX_SNAPSHOTS = 1000;

    static MemorySettings of(EngineConfig config) {
        Options options = new Options(MemoryEngineProvider.ID, config);
        long logBytes = options.number("log_bytes", DEFAULT_LOG_BYTES, 4096, Long.MAX_VALUE);
        LogSync sync = LogSync.of(options.text("log_sync", "group", "commit", "group", "periodic"));
        long intervalMillis =
                options.number("log_sync_interval_millis", DEFAULT_SYNC_INTERVAL_MILLIS, 1, MAX_INTERVAL_MILLIS);
        long count = options.number("snapshot_retain_count", 1, 1, MAX_SNAPSHOTS);
        long ageSeconds = options.number("snapshot_retain_age_seconds", 0, 0, Integer.MAX_VALUE);
        Encryption encryption =
                Encryption.of(options.text(Ability.ENCRYPTION_OPTION, "none", "none", "aes-gcm", "chacha20-poly1305"));
        String keyFile = options.text(Ability.ENCRYPTION_KEY_FILE_OPTION, "");
        options.refuseUnknown();
        if (sync == LogSync.PERIODIC && config.durability() == Durability.POWER_LOSS) {
            throw new EngineException.InvalidOption(
                    MemoryEngineProvider.ID,
                    config.directory(),
                    "option log_sync is 'periodic', if no commit waits for the device, but the engine is opened at"
                            + " POWER_LOSS; open it at PROCESS_CRASH, or use group or commit");
        }
        return new MemorySettings(
                logBytes,
                sync,
                Duration.ofMillis(intervalMillis),
                new Retention((int) count, Duration.ofSeconds(ageSeconds)),
                EncryptionKey.read(config, encryption, keyFile));
    }

    /** For {@link io.quorumark.engine.KVEngine#effectiveOptions()}. */
    Map<String, String> inForce() {
        Map<String, String> options = new TreeMap<>();
        options.put("log_bytes", Long.toString(logBytes));
        options.put("log_sync", sync.option());
        if (sync == LogSync.PERIODIC) {
            options.put("log_sync_interval_millis", Long.toString(syncInterval.toMillis()));
        }
        options.put("snapshot_retain_count", Integer.toString(retention.count()));
        options.put("snapshot_retain_age_seconds", Long.toString(retention.age().toSeconds()));
        options.put("encryption", key == null ? "none" : key.encryption().option());
        return options;
    }
}
