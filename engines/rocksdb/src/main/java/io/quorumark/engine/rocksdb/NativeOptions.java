package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.support.FinishedWork;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.HyperClockCache;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.WriteBufferManager;

/** The native objects that a database is opened with. They must outlive it; {@link #close} frees them, the newest first. */
final class NativeOptions implements AutoCloseable {
    private static final Map<String, CompressionType> COMPRESSIONS = Map.of(
            "none", CompressionType.NO_COMPRESSION,
            "lz4", CompressionType.LZ4_COMPRESSION,
            "snappy", CompressionType.SNAPPY_COMPRESSION,
            "zstd", CompressionType.ZSTD_COMPRESSION);

    private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();
    private final FinishedWork finishedWork = new FinishedWork();
    private final Statistics statistics;
    private final DBOptions database;
    private final ColumnFamilyOptions columnFamily;

    NativeOptions(EngineConfig config, RocksDbSettings settings) {
        Cache cache = own(new HyperClockCache(settings.cacheBytes(), 0, -1, false));
        WriteBufferManager writeBuffers = own(new WriteBufferManager(settings.allWriteBuffersBytes(), cache));
        statistics = own(new Statistics());
        statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
        database = own(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxBackgroundJobs(config.backgroundThreads())
                .setWriteBufferManager(writeBuffers)
                .setStatistics(statistics)
                // Without a log, only an atomic flush keeps the keyspaces consistent with each other.
                .setAtomicFlush(config.durability() == Durability.NONE)
                // A dump of counters every ten minutes would be a spike inside a measurement.
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setListeners(List.of(own(new StopAtFirstError()), own(new JobTimes(finishedWork))))
                .setKeepLogFileNum(2);
        columnFamily = own(withMemoryOfFlushedWrites(settings.keptFlushedWriteBytes()))
                .setWriteBufferSize(settings.writeBufferBytes())
                .setCompressionType(COMPRESSIONS.getOrDefault(settings.compression(), CompressionType.NO_COMPRESSION))
                .setTableFormatConfig(tables(settings, cache));
    }

    /** The Java API has no setter for this one. */
    private static ColumnFamilyOptions withMemoryOfFlushedWrites(long keptBytes) {
        Properties properties = new Properties();
        properties.setProperty("max_write_buffer_size_to_maintain", Long.toString(keptBytes));
        return Objects.requireNonNull(
                ColumnFamilyOptions.getColumnFamilyOptionsFromProps(properties), "max_write_buffer_size_to_maintain");
    }

    private BlockBasedTableConfig tables(RocksDbSettings settings, Cache cache) {
        BlockBasedTableConfig tables = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(settings.blockBytes())
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        if (settings.bloomBits() > 0) {
            tables.setFilterPolicy(own(new BloomFilter(settings.bloomBits())));
        }
        return tables;
    }

    /** What the database has done in its background. */
    FinishedWork finishedWork() {
        return finishedWork;
    }

    Statistics statistics() {
        return statistics;
    }

    DBOptions database() {
        return database;
    }

    ColumnFamilyOptions columnFamily() {
        return columnFamily;
    }

    private <T extends AbstractNativeReference> T own(T nativeObject) {
        owned.push(nativeObject);
        return nativeObject;
    }

    @Override
    public void close() {
        owned.forEach(AbstractNativeReference::close);
        owned.clear();
    }
}
