package io.quorumark.engine.xodus;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.support.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jetbrains.exodus.env.EnvironmentConfig;

/**
 * Xodus's settings for an {@link EngineConfig}.
 *
 * <p>The whole memory budget goes to the log cache, on the heap; a commit's own nodes live on the heap beside it until they are written.
 * Xodus collects garbage on one thread per environment, whatever {@link EngineConfig#backgroundThreads()} allows, and maps no files, so
 * that {@link EngineConfig#maxDataBytes()} does not bind it.
 */
final class XodusSettings {
    private static final long DEFAULT_LOG_FILE_KIB = 8 << 10;

    private static final List<String> REPORTED = List.of(
            EnvironmentConfig.LOG_DURABLE_WRITE,
            EnvironmentConfig.MEMORY_USAGE,
            EnvironmentConfig.LOG_CACHE_SHARED,
            EnvironmentConfig.LOG_FILE_SIZE,
            EnvironmentConfig.LOG_CACHE_PAGE_SIZE,
            EnvironmentConfig.LOG_SYNC_PERIOD,
            EnvironmentConfig.TREE_MAX_PAGE_SIZE,
            EnvironmentConfig.ENV_STOREGET_CACHE_SIZE,
            EnvironmentConfig.GC_ENABLED,
            EnvironmentConfig.GC_START_IN,
            EnvironmentConfig.GC_MIN_UTILIZATION,
            EnvironmentConfig.GC_FILES_DELETION_DELAY,
            EnvironmentConfig.ENV_MONITOR_TXNS_EXPIRATION_TIMEOUT,
            EnvironmentConfig.MANAGEMENT_ENABLED);

    private XodusSettings() {}

    static EnvironmentConfig from(EngineConfig config) {
        Options options = new Options(XodusEngineProvider.ID, config);
        EnvironmentConfig settings = new EnvironmentConfig();
        settings.setLogDurableWrite(config.durability() == Durability.POWER_LOSS);
        settings.setMemoryUsage(config.memoryBudgetBytes());
        settings.setLogCacheShared(false);
        settings.setManagementEnabled(false);
        // Xodus aborts transactions after eight hours by default; a snapshot stands for as long as its owner likes.
        settings.setEnvMonitorTxnsExpirationTimeout(0);
        // A collected file goes as soon as no transaction needs it, so that compact() gives its space back before it
        // returns.
        settings.setGcFilesDeletionDelay(0);
        // What kind of file system is fit for a measurement is for the harness to judge.
        settings.setLogAllowRamDisk(true);
        settings.setLogAllowRemovable(true);
        settings.setLogAllowRemote(true);

        settings.setLogFileSize(
                options.number(EnvironmentConfig.LOG_FILE_SIZE, DEFAULT_LOG_FILE_KIB, DEFAULT_LOG_FILE_KIB, 1 << 20));
        settings.setLogCachePageSize(Integer.parseInt(options.text(
                EnvironmentConfig.LOG_CACHE_PAGE_SIZE, "65536", "4096", "8192", "16384", "32768", "65536", "131072")));
        settings.setTreeMaxPageSize((int) options.number(EnvironmentConfig.TREE_MAX_PAGE_SIZE, 128, 16, 1024));
        settings.setEnvStoreGetCacheSize(
                (int) options.number(EnvironmentConfig.ENV_STOREGET_CACHE_SIZE, 0, 0, 100_000_000));
        settings.setGcEnabled(options.flag(EnvironmentConfig.GC_ENABLED, true));
        settings.setGcStartIn((int) options.number(EnvironmentConfig.GC_START_IN, 10_000, 0, 3_600_000));
        settings.setGcMinUtilization((int) options.number(EnvironmentConfig.GC_MIN_UTILIZATION, 50, 1, 90));
        options.refuseUnknown();
        return settings;
    }

    static Map<String, String> inForce(EnvironmentConfig settings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : REPORTED) {
            values.put(name, String.valueOf(settings.getSetting(name)));
        }
        return values;
    }
}
