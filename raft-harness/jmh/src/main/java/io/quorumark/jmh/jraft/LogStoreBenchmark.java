package io.quorumark.jmh.jraft;

import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import com.alipay.sofa.jraft.storage.impl.RocksDBLogStorage;
import com.alipay.sofa.jraft.util.StorageOptionsFactory;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.support.LibraryLogging;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.jmh.DataFolder;
import io.quorumark.jmh.EngineBenchmark;
import io.quorumark.raft.jraft.log.EngineLogStorage;
import io.quorumark.raft.jraft.log.LogKeyspaces;
import io.quorumark.raft.timing.WriteStages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * A member's log without the member: appends in index order, pruned as a running group's log is. On RocksDB by this project's log store,
 * and by the Raft library's own, with the same buffer, background threads and sync. The library's keeps its block cache and a bloom filter
 * beside that, which appends do not touch. The figure is entries.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LogStoreBenchmark extends EngineBenchmark {
    private static final int ENTRIES_PER_INVOCATION = 64;
    private static final long PRUNE_EVERY_ENTRIES = 100_000;
    private static final long WRITE_BUFFER_BYTES = EngineConfig.DEFAULT_MEMORY_BUDGET_BYTES / 4;

    /** {@code own} or {@code library}. */
    @Param({"own", "library"})
    public String store = "";

    @Param("PROCESS_CRASH")
    public String durability = "";

    /** A divisor of 64. */
    @Param({"1", "16", "64"})
    public int entriesPerAppend;

    @Param("100")
    public int entryBytes;

    private final SplittableRandom random = new SplittableRandom(7);
    private final List<LogEntry> entries = new ArrayList<>();
    private DataFolder folder = uninitialized();
    private LogStorage log = uninitialized();
    private @Nullable KVEngine engine;
    private long nextIndex = 1;
    private long prunedTo = 1;

    @Setup(Level.Trial)
    public void open() throws IOException {
        LibraryLogging.quiet();
        folder = DataFolder.create();
        Durability level = Durability.ofCode(durability);
        log = store.equals("own") ? own(level) : library(level);
        LogStorageOptions options = new LogStorageOptions();
        options.setGroupId("benchmark");
        options.setConfigurationManager(new ConfigurationManager());
        options.setLogEntryCodecFactory(LogEntryV2CodecFactory.getInstance());
        if (!log.init(options)) {
            throw new IllegalStateException("the " + store + " log store in " + folder.path() + " does not open");
        }
        for (int i = 0; i < entriesPerAppend; i++) {
            entries.add(new LogEntry(EntryType.ENTRY_TYPE_DATA));
        }
    }

    private LogStorage own(Durability level) {
        EngineConfig config = EngineConfig.of(folder.path().resolve("log"), LogKeyspaces.ALL, level)
                .withMemoryBudgetBytes(EngineConfig.DEFAULT_MEMORY_BUDGET_BYTES);
        EngineProvider provider = Engines.onClassPath().require("rocksdb");
        KVEngine opened = provider.open(config);
        engine = opened;
        return new EngineLogStorage(opened, provider.capabilities(), level, new WriteStages(), failure -> {
            throw new IllegalStateException("the log store failed", failure);
        });
    }

    private LogStorage library(Durability level) {
        LibraryRocksDb.configure();
        RaftOptions options = new RaftOptions();
        options.setSync(level == Durability.POWER_LOSS);
        return new RocksDBLogStorage(folder.path().resolve("log").toString(), options);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        log.shutdown();
        if (log instanceof EngineLogStorage own) {
            own.close();
        }
        if (engine != null) {
            engine.close();
        }
        folder.close();
    }

    /** Appends in groups, as the library's log thread hands them over. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES_PER_INVOCATION)
    public void append() {
        for (int done = 0; done < ENTRIES_PER_INVOCATION; done += entriesPerAppend) {
            for (LogEntry entry : entries) {
                fill(entry);
            }
            if (log.appendEntries(entries) != entriesPerAppend) {
                throw new IllegalStateException("the " + store + " log store refused entries at " + nextIndex);
            }
        }
        if (nextIndex - prunedTo > 2 * PRUNE_EVERY_ENTRIES) {
            prunedTo = nextIndex - PRUNE_EVERY_ENTRIES;
            log.truncatePrefix(prunedTo);
        }
    }

    private void fill(LogEntry entry) {
        byte[] data = new byte[entryBytes];
        random.nextBytes(data);
        entry.setId(new LogId(nextIndex++, 1));
        entry.setData(ByteBuffer.wrap(data));
    }

    /** The library keeps such options per class and JVM, and refuses a second registration. */
    private static final class LibraryRocksDb {
        static {
            StorageOptionsFactory.registerRocksDBOptions(
                    RocksDBLogStorage.class,
                    new DBOptions()
                            .setCreateIfMissing(true)
                            .setCreateMissingColumnFamilies(true)
                            .setMaxBackgroundJobs(EngineConfig.DEFAULT_BACKGROUND_THREADS));
            StorageOptionsFactory.registerRocksDBColumnFamilyOptions(
                    RocksDBLogStorage.class, new ColumnFamilyOptions().setWriteBufferSize(WRITE_BUFFER_BYTES));
        }

        private LibraryRocksDb() {}

        /** Loading the class has done it. */
        static void configure() {}
    }

    /** JMH calls {@link #open()} before anything reads these fields. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T uninitialized() {
        return null;
    }
}
