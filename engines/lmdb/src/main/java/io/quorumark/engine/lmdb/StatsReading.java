package io.quorumark.engine.lmdb;

import io.quorumark.engine.EngineStats;
import io.quorumark.engine.EngineStats.Entry;
import io.quorumark.engine.EngineStats.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import org.lmdbjava.Dbi;
import org.lmdbjava.EnvInfo;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Stat;
import org.lmdbjava.Txn;

/** Reads what LMDB knows of itself: sizes and page counts. It counts neither bytes written nor syncs. */
final class StatsReading {
    private static final int META_PAGES = 2;

    private StatsReading() {}

    static EngineStats of(OpenEnvironment environment) {
        long entries = 0;
        long depth = 0;
        try (Txn<ByteBuffer> txn = environment.env().txnRead()) {
            EnvInfo info = environment.env().info();
            Stat names = environment.env().stat();
            long treePages = META_PAGES + pages(names);
            for (Dbi<ByteBuffer> database : environment.databases()) {
                Stat stat = database.stat(txn);
                entries += stat.entries;
                depth = Math.max(depth, stat.depth);
                treePages += pages(stat);
            }
            long filePages = info.lastPageNumber + 1;
            return new EngineStats(List.of(
                    gauge("map.bytes", "bytes", info.mapSize),
                    gauge("data.file.bytes", "bytes", filePages * names.pageSize),
                    // LMDB never gives pages back; what no tree uses waits for later commits.
                    gauge("data.free.bytes", "bytes", Math.max(0, filePages - treePages) * names.pageSize),
                    gauge("tree.levels", "count", depth),
                    gauge("data.keys", "count", entries),
                    gauge("tree.pages", "count", treePages),
                    gauge("readers", "count", info.numReaders),
                    new Entry("commits", "count", Kind.COUNTER, (double) info.lastTransactionId)));
        } catch (LmdbException e) {
            throw environment.errors().of("reading statistics", e);
        }
    }

    private static long pages(Stat stat) {
        return stat.branchPages + stat.leafPages + stat.overflowPages;
    }

    private static Entry gauge(String name, String unit, long value) {
        return new Entry(name, unit, Kind.GAUGE, (double) value);
    }
}
