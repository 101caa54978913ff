package io.quorumark.engine.rocksdb;

import io.quorumark.engine.EngineStats;
import io.quorumark.engine.EngineStats.Entry;
import io.quorumark.engine.EngineStats.Kind;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.HistogramData;
import org.rocksdb.HistogramType;
import org.rocksdb.LogFile;
import org.rocksdb.RocksDBException;
import org.rocksdb.TickerType;

/** Reads RocksDB's own counters and properties under the SPI's names. Nothing here reads data. */
final class StatsReading {
    private record Ticker(TickerType type, String name, String unit, long factor) {}

    private record Property(String property, String name, String unit, boolean summedOverKeyspaces) {}

    private static final long NANOS_PER_MICRO = 1_000;

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
            new Ticker(TickerType.STALL_MICROS, "stall.nanos", "nanoseconds", NANOS_PER_MICRO),
            new Ticker(TickerType.ERROR_HANDLER_BG_ERROR_COUNT, "errors", "count", 1));

    private static final List<Property> PROPERTIES = List.of(
            new Property("rocksdb.estimate-num-keys", "data.keys", "count", true),
            new Property("rocksdb.estimate-live-data-size", "data.live.bytes", "bytes", true),
            new Property("rocksdb.total-sst-files-size", "data.file.bytes", "bytes", true),
            new Property("rocksdb.live-sst-files-size", "sst.live.bytes", "bytes", true),
            new Property("rocksdb.estimate-pending-compaction-bytes", "compaction.pending.bytes", "bytes", true),
            new Property("rocksdb.mem-table-flush-pending", "flush.pending", "count", true),
            // The two counts of running work and the cache are the database's, whichever keyspace is asked.
            new Property("rocksdb.num-running-compactions", "compaction.running", "count", false),
            new Property("rocksdb.num-running-flushes", "flush.running", "count", false),
            new Property("rocksdb.block-cache-usage", "cache.bytes", "bytes", false),
            new Property("rocksdb.size-all-mem-tables", "memtable.bytes", "bytes", true));

    private StatsReading() {}

    static EngineStats of(OpenDatabase database) throws RocksDBException {
        List<Entry> entries = new ArrayList<>();
        addProperties(database, entries);
        entries.add(gauge("log.file.bytes", "bytes", logBytes(database)));
        entries.add(gauge("tree.levels", "count", levels(database)));
        for (Ticker ticker : TICKERS) {
            long value = database.statistics().getTickerCount(ticker.type()) * ticker.factor();
            entries.add(counter(ticker.name(), ticker.unit(), value));
        }
        HistogramData compactions = database.statistics().getHistogramData(HistogramType.COMPACTION_TIME);
        entries.add(counter("compaction.count", "count", compactions.getCount()));
        entries.add(counter("compaction.nanos", "nanoseconds", compactions.getSum() * NANOS_PER_MICRO));
        HistogramData stalls = database.statistics().getHistogramData(HistogramType.WRITE_STALL);
        entries.add(counter("stall.count", "count", stalls.getCount()));
        return new EngineStats(entries);
    }

    private static void addProperties(OpenDatabase database, List<Entry> entries) throws RocksDBException {
        for (Property property : PROPERTIES) {
            long value = property.summedOverKeyspaces()
                    ? database.db().getAggregatedLongProperty(property.property())
                    : database.db().getLongProperty(property.property());
            entries.add(gauge(property.name(), property.unit(), value));
        }
        // Write buffers are charged to the cache; what its files' readers hold beside it is not.
        long memoryBytes = database.db().getLongProperty("rocksdb.block-cache-usage")
                + database.db().getAggregatedLongProperty("rocksdb.estimate-table-readers-mem");
        entries.add(gauge("memory.bytes", "bytes", memoryBytes));
    }

    private static long logBytes(OpenDatabase database) throws RocksDBException {
        return database.db().getSortedWalFiles().stream()
                .mapToLong(LogFile::sizeFileBytes)
                .sum();
    }

    /** How many levels hold files, in the keyspace in which most do. */
    private static int levels(OpenDatabase database) throws RocksDBException {
        int most = 0;
        for (ColumnFamilyHandle family : database.families()) {
            int levels = 0;
            for (int level = 0; level < database.db().numberLevels(family); level++) {
                String files = database.db().getProperty(family, "rocksdb.num-files-at-level" + level);
                levels += files.equals("0") ? 0 : 1;
            }
            most = Math.max(most, levels);
        }
        return most;
    }

    private static Entry gauge(String name, String unit, long value) {
        return new Entry(name, unit, Kind.GAUGE, (double) value);
    }

    private static Entry counter(String name, String unit, long value) {
        return new Entry(name, unit, Kind.COUNTER, (double) value);
    }
}
