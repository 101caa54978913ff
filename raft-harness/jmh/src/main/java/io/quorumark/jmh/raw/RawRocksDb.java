package io.quorumark.jmh.raw;

import io.quorumark.engine.EngineConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.HyperClockCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * RocksDB's own API with direct buffers, its fastest way. Every write goes to the write-ahead log without a sync ({@code PROCESS_CRASH}).
 */
final class RawRocksDb implements EngineAccess {
    static {
        // Before the fields below make native objects.
        RocksDB.loadLibrary();
    }

    private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();
    private final RocksDB db;
    private final ColumnFamilyHandle family;
    private final ReadOptions read = own(new ReadOptions());
    private final WriteOptions write = own(new WriteOptions());
    private final WriteBatch batch = own(new WriteBatch(4 << 10));
    private final ByteBuffer cursorKey = ByteBuffer.allocateDirect(512);
    private final ByteBuffer cursorValue = ByteBuffer.allocateDirect(64 << 10);
    private @Nullable RocksIterator iterator;

    RawRocksDb(EngineConfig config) {
        long budgetBytes = config.memoryBudgetBytes();
        Cache cache = own(new HyperClockCache(budgetBytes, 0, -1, false));
        Statistics statistics = own(new Statistics());
        statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
        DBOptions database = own(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxBackgroundJobs(config.backgroundThreads())
                .setWriteBufferManager(own(new WriteBufferManager(budgetBytes / 2, cache)))
                .setStatistics(statistics)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setKeepLogFileNum(2);
        Properties remembered = new Properties();
        remembered.setProperty("max_write_buffer_size_to_maintain", "1");
        ColumnFamilyOptions columnFamily = own(Objects.requireNonNull(
                        ColumnFamilyOptions.getColumnFamilyOptionsFromProps(remembered)))
                .setWriteBufferSize(budgetBytes / 4)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(4 << 10)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setFilterPolicy(own(new BloomFilter(10))));
        String name = config.keyspaces().get(0).name();
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try {
            db = RocksDB.open(
                    database,
                    config.directory().toString(),
                    List.of(
                            new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.US_ASCII), columnFamily),
                            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, columnFamily)),
                    families);
        } catch (RocksDBException e) {
            throw failed(e);
        }
        family = families.get(0);
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes);
    }

    @Override
    public int get(ByteBuffer key, ByteBuffer target) {
        try {
            int length = db.get(family, read, key, target);
            key.rewind();
            return length;
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    @Override
    public void put(ByteBuffer key, ByteBuffer value) {
        try {
            db.put(family, write, key, value);
        } catch (RocksDBException e) {
            throw failed(e);
        }
        key.rewind();
        value.rewind();
    }

    @Override
    public void addToBatch(ByteBuffer key, ByteBuffer value) {
        try {
            batch.put(family, key, value);
        } catch (RocksDBException e) {
            throw failed(e);
        }
        key.rewind();
        value.rewind();
    }

    @Override
    public void commitBatch() {
        try {
            db.write(write, batch);
        } catch (RocksDBException e) {
            throw failed(e);
        }
        batch.clear();
    }

    @Override
    public long next() {
        RocksIterator open = iterator;
        if (open == null) {
            open = db.newIterator(family, read);
            iterator = open;
        } else {
            open.next();
        }
        if (!open.isValid()) {
            open.seekToFirst();
        }
        int keyLength = open.key(cursorKey.clear());
        int valueLength = open.value(cursorValue.clear());
        return EngineAccess.digest(keyLength, cursorKey.get(0), valueLength, cursorValue.get(0));
    }

    @Override
    public void close() {
        if (iterator != null) {
            iterator.close();
        }
        db.close();
        owned.forEach(AbstractNativeReference::close);
    }

    private <T extends AbstractNativeReference> T own(T nativeObject) {
        owned.push(nativeObject);
        return nativeObject;
    }

    private static IllegalStateException failed(RocksDBException e) {
        return new IllegalStateException("RocksDB failed: " + e.getMessage(), e);
    }
}
