package io.quorumark.engine.xodus;

import io.quorumark.engine.EngineStats;
import io.quorumark.engine.EngineStats.Entry;
import io.quorumark.engine.EngineStats.Kind;
import java.util.List;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.EnvironmentStatistics;
import jetbrains.exodus.log.Log;

/** Xodus's own figures, since the environment was opened. */
final class XodusStats {
    private XodusStats() {}

    /** @param forcedSyncs what was synced besides commits */
    static EngineStats of(EnvironmentImpl environment, long openedAtAddress, long forcedSyncs) {
        Log log = environment.getLog();
        EnvironmentStatistics statistics = environment.getStatistics();
        double commits = total(statistics, EnvironmentStatistics.Type.FLUSHED_TRANSACTIONS);
        double syncedCommits = environment.getEnvironmentConfig().getLogDurableWrite() ? commits : 0;
        return new EngineStats(List.of(
                counter("log.written.bytes", "bytes", (double) (log.getHighAddress() - openedAtAddress)),
                counter("log.read.bytes", "bytes", total(statistics, EnvironmentStatistics.Type.BYTES_READ)),
                counter(
                        "compaction.written.bytes",
                        "bytes",
                        total(statistics, EnvironmentStatistics.Type.BYTES_MOVED_BY_GC)),
                counter("compaction.count", "count", total(statistics, EnvironmentStatistics.Type.GC_TRANSACTIONS)),
                counter("log.syncs", "count", syncedCommits + forcedSyncs),
                counter("commits", "count", commits),
                gauge("log.file.bytes", "bytes", (double) log.getDiskUsage()),
                gauge("log.files", "count", (double) log.getNumberOfFiles()),
                gauge(
                        "log.utilization",
                        "ratio",
                        environment.getGC().getUtilizationProfile().totalUtilizationPercent() / 100.0),
                gauge("cache.hit.rate", "ratio", log.getCacheHitRate())));
    }

    private static double total(EnvironmentStatistics statistics, EnvironmentStatistics.Type type) {
        return statistics.getStatisticsItem(type).getTotal();
    }

    private static Entry counter(String name, String unit, double value) {
        return new Entry(name, unit, Kind.COUNTER, value);
    }

    private static Entry gauge(String name, String unit, double value) {
        return new Entry(name, unit, Kind.GAUGE, value);
    }
}
