package io.quorumark.engine.lmdb;

import io.quorumark.engine.EngineStats;
import io.quorumark.engine.EngineStats.Entry;
import io.quorumark.engine.EngineStats.Kind;
import java.util.List;
import org.lmdbjava.EnvInfo;

/** What LMDB knows of itself under the SPI's names: sizes and page counts. It has no log and no cache, and does not count bytes written. */
final class StatsReading {
    private StatsReading() {}

    static EngineStats of(OpenEnvironment environment) {
        EnvInfo info = environment.env().info();
        PagesInUse pages = PagesInUse.of(environment, info);
        return new EngineStats(List.of(
                gauge("data.keys", "count", pages.entries()),
                gauge("data.live.bytes", "bytes", pages.treeBytes()),
                gauge("data.file.bytes", "bytes", pages.fileBytes()),
                gauge("data.free.bytes", "bytes", pages.freeBytes()),
                gauge("map.bytes", "bytes", pages.mapBytes()),
                gauge("tree.levels", "count", pages.treeLevels()),
                gauge("tree.pages", "count", pages.treePages()),
                gauge("readers", "count", info.numReaders),
                counter("log.syncs", environment.syncs(info)),
                counter("commits", info.lastTransactionId)));
    }

    private static Entry counter(String name, long value) {
        return new Entry(name, "count", Kind.COUNTER, (double) value);
    }

    private static Entry gauge(String name, String unit, long value) {
        return new Entry(name, unit, Kind.GAUGE, (double) value);
    }
}
