package io.quorumark.jmh;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.Ability;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One open, prefilled engine, shared by a benchmark's threads. */
@State(Scope.Benchmark)
public class EngineState {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("kv", "log");
    private static final Keyspace KV = KEYSPACES.get(0);
    static final Keyspace LOG = KEYSPACES.get(1);
    private static final int PREFILL_BATCH = 500;

    /** A provider id; {@code quorumark list engines} shows them. MapDB takes {@code -p durability=NONE} only. */
    @Param({"memory", "rocksdb", "lmdb", "xodus"})
    public String engine = "";

    /**
     * What a write survives: {@code NONE}, {@code PROCESS_CRASH} or {@code POWER_LOSS}. A level that an engine does not have is skipped.
     */
    @Param("PROCESS_CRASH")
    public String durability = "";

    /** Length of a value in bytes, 8 or more. */
    @Param("100")
    public int valueBytes;

    /** Records in the engine before the clock starts. */
    @Param("100000")
    public int records;

    /** The engine's memory budget. */
    @Param("64")
    public int budgetMiB;

    /** If above 0, keys and values together are this many times the budget, and {@link #records} does not count. */
    @Param("0")
    public int dataToBudget;

    private DataFolder folder = uninitialized();
    private EngineProvider provider = uninitialized();
    private KVEngine kvEngine = uninitialized();
    private final Queue<AutoCloseable> sessions = new ConcurrentLinkedQueue<>();
    private Durability level = Durability.NONE;
    private int recordCount;

    @Setup(Level.Trial)
    public void open() throws IOException {
        provider = Engines.onClassPath().require(engine);
        level = Durability.ofCode(durability);
        if (!provider.capabilities().durabilities().contains(level)) {
            throw new SkippedBenchmark("engine '" + engine + "' has no durability " + durability + ", expected one of "
                    + provider.capabilities().durabilities() + "; pass it with -p durability=");
        }
        if (valueBytes < Long.BYTES) {
            throw new SkippedBenchmark(
                    "valueBytes is " + valueBytes + ", expected 8 or more; pass it with -p valueBytes=");
        }
        recordCount = recordCount();
        folder = DataFolder.create();
        kvEngine = provider.open(EngineConfig.of(folder.path().resolve("engine"), KEYSPACES, level)
                .withMemoryBudgetBytes(budgetBytes()));
        prefill();
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        try {
            for (AutoCloseable session : sessions) {
                session.close();
            }
            sessions.clear();
            kvEngine.close();
        } finally {
            folder.close();
        }
    }

    /** Called by each thread once: JMH tears the shared state down before a thread's own. */
    void closeBeforeEngine(AutoCloseable session) {
        sessions.add(session);
    }

    /** Skips the benchmark if the engine does not claim the ability. Closes first: JMH tears nothing down after a setup that failed. */
    void requireAbility(Ability ability) throws Exception {
        if (!provider.capabilities().has(ability)) {
            close();
            throw new SkippedBenchmark("engine '" + engine + "' does not claim " + ability
                    + ", expected one that does; 'scripts/quorumark list engines' shows them");
        }
    }

    KVEngine kvEngine() {
        return kvEngine;
    }

    Keyspace keyspace() {
        return KV;
    }

    Durability level() {
        return level;
    }

    /** How many records there are. */
    int count() {
        return recordCount;
    }

    private long budgetBytes() {
        return (long) budgetMiB << 20;
    }

    private int recordCount() {
        return dataToBudget == 0
                ? records
                : Math.toIntExact(dataToBudget * budgetBytes() / (Records.KEY_BYTES + valueBytes));
    }

    private void prefill() {
        SplittableRandom random = new SplittableRandom(1);
        try (Session session = kvEngine.openSession();
                WriteBatch batch = session.newBatch()) {
            ByteBuffer key = session.allocate(Records.KEY_BYTES);
            ByteBuffer value = session.allocate(valueBytes);
            for (int record = 0; record < recordCount; record++) {
                Records.fillKey(key, record);
                Records.fillValue(value, random);
                batch.put(KV, key, value);
                if (batch.operationCount() == PREFILL_BATCH || record == recordCount - 1) {
                    session.commit(batch, level);
                    batch.clear();
                }
            }
        }
    }

    /** JMH sets such fields in a setup method, before anything reads them. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    static <T> T uninitialized() {
        return null;
    }
}
