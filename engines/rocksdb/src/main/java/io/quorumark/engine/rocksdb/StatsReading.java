package io.quorumark.engine.rocksdb;

import io.quorumark.engine.EngineStats;
import io.quorumark.engine.EngineStats.Entry;
import io.quorumark.engine.EngineStats.Kind;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.TickerType;

/** Reads RocksDB's own counters and properties under the SPI's names. */
final class StatsReading {
    private record Ticker(TickerType type, String name, String unit, double factor) {}

    private record Property(String property, String name, String unit, boolean summedOverKeyspaces) {}

    private static final List<Ticker> TICKERS = List.of(
            new Ticker(TickerType.WAL_FILE_SYNCED, "log.syncs", "count", 1),
            new Ticker(TickerType.WAL_FILE_BYTES, "log.written.bytes", "bytes", 1),
            new Ticker(TickerType.WRITE_DONE_BY_SELF, "commits.led", "count", 1),
            new Ticker(TickerType.WRITE_DONE_BY_OTHER, "commits.grouped", "count", 1),
            new Ticker(TickerType.BYTES_WRITTEN, "committed.bytes", "bytes", 1),
            new Ticker(TickerType.FLUSH_WRITE_BYTES, "flush.written.bytes", "bytes", 1),
            new Ticker(TickerType.COMPACT_READ_BYTES, "compaction.read.bytes", "bytes", 1),
            new Ticker(TickerType.COMPACT_WRITE_BYTES, "compaction.written.bytes", "bytes", 1),
            new Ticker(TickerType.BLOCK_CACHE_HIT, "cache.hits", "count", 1),
            new Ticker(TickerType.BLOCK_CACHE_MISS, "cache.misses", "count", 1),
            new Ticker(TickerType.STALL_MICROS, "stall.nanos", "nanoseconds", 1e3));

    private static final List<Property> PROPERTIES = List.of(
            new Property("rocksdb.estimate-pending-compaction-bytes", "compaction.pending.bytes", "bytes", true),
            new Property("rocksdb.mem-table-flush-pending", "flush.pending", "count", true),
            // The two counts of running work and the cache are the database's, whichever keyspace is asked.
            new Property("rocksdb.num-running-compactions", "compaction.running", "count", false),
            new Property("rocksdb.num-running-flushes", "flush.running", "count", false),
            new Property("rocksdb.estimate-num-keys", "data.keys", "count", true),
            new Property("rocksdb.estimate-live-data-size", "data.live.bytes", "bytes", true),
            new Property("rocksdb.base-level", "tree.base.level", "count", false),
            new Property("rocksdb.block-cache-usage", "cache.bytes", "bytes", false),
            new Property("rocksdb.cur-size-all-mem-tables", "memtable.bytes", "bytes", true),
            new Property("rocksdb.total-sst-files-size", "data.file.bytes", "bytes", true),
            new Property("rocksdb.live-sst-files-size", "sst.live.bytes", "bytes", true));

    private StatsReading() {}

    static EngineStats of(OpenDatabase database) {
        List<Entry> entries = new ArrayList<>(TICKERS.size() + PROPERTIES.size());
        for (Ticker ticker : TICKERS) {
            double value = database.statistics().getTickerCount(ticker.type()) * ticker.factor();
            entries.add(new Entry(ticker.name(), ticker.unit(), Kind.COUNTER, value));
        }
        try {
            for (Property property : PROPERTIES) {
                long value = property.summedOverKeyspaces()
                        ? database.db().getAggregatedLongProperty(property.property())
                        : database.db().getLongProperty(property.property());
                entries.add(new Entry(property.name(), property.unit(), Kind.GAUGE, (double) value));
            }
        } catch (RocksDBException e) {
            throw database.errors().of("reading statistics", e);
        }
        return new EngineStats(entries);
    }
}
