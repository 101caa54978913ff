package io.quorumark.app.jmh;

import io.quorumark.app.Engines;
import io.quorumark.app.UsageError;
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
    static final int KEY_BYTES = 16;
    private static final int PREFILL_BATCH = 500;

    /** A provider id; {@code quorumark list engines} shows them. MapDB takes {@code -p durability=NONE} only. */
    @Param({"memory", "rocksdb", "lmdb", "xodus"})
    public String engine = "";

    /** What a write survives: {@code NONE}, {@code PROCESS_CRASH} or {@code POWER_LOSS}. */
    @Param("PROCESS_CRASH")
    public String durability = "";

    /** Length of a value in bytes. */
    @Param("100")
    public int valueBytes;

    /** Records in the engine before the clock starts. */
    @Param("100000")
    public int records;

    /** The engine's memory budget. */
    @Param("64")
    public int budgetMiB;

    private DataFolder folder = uninitialized();
    private KVEngine kvEngine = uninitialized();
    private final Queue<SessionState> sessions = new ConcurrentLinkedQueue<>();
    private Durability level = Durability.NONE;
    private final Keyspace keyspace = Keyspace.listOf("kv").get(0);

    @Setup(Level.Trial)
    public void open() throws IOException {
        EngineProvider provider = Engines.onClassPath().require(engine);
        level = Durability.valueOf(durability);
        if (!provider.capabilities().durabilities().contains(level)) {
            throw new UsageError("engine '" + engine + "' has no durability " + durability + ", expected one of "
                    + provider.capabilities().durabilities() + "; pass it with -p durability=");
        }
        folder = DataFolder.create();
        kvEngine = provider.open(EngineConfig.of(folder.path().resolve("engine"), List.of(keyspace), level)
                .withMemoryBudgetBytes((long) budgetMiB << 20));
        prefill();
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        try {
            sessions.forEach(SessionState::close);
            sessions.clear();
            kvEngine.close();
        } finally {
            folder.close();
        }
    }

    /** Called by each thread once. */
    void closeBeforeEngine(SessionState session) {
        sessions.add(session);
    }

    KVEngine kvEngine() {
        return kvEngine;
    }

    Keyspace keyspace() {
        return keyspace;
    }

    Durability level() {
        return level;
    }

    /** Overwrites {@code key} with the key of record {@code number}: its number, scattered by a bijection so that neighbours in time are not neighbours in order. */
    static void fillKey(ByteBuffer key, long number) {
        key.clear();
        key.putLong(number * 0x9E3779B97F4A7C15L).putLong(number).flip();
    }

    /** Fills a value with bytes that do not compress. */
    static void fillValue(ByteBuffer value, SplittableRandom random) {
        value.clear();
        while (value.remaining() >= Long.BYTES) {
            value.putLong(random.nextLong());
        }
        while (value.hasRemaining()) {
            value.put((byte) random.nextInt());
        }
        value.flip();
    }

    private void prefill() {
        SplittableRandom random = new SplittableRandom(1);
        try (Session session = kvEngine.openSession();
                WriteBatch batch = session.newBatch()) {
            ByteBuffer key = session.allocate(KEY_BYTES);
            ByteBuffer value = session.allocate(valueBytes);
            for (int record = 0; record < records; record++) {
                fillKey(key, record);
                fillValue(value, random);
                batch.put(keyspace, key, value);
                if (batch.operationCount() == PREFILL_BATCH || record == records - 1) {
                    session.commit(batch, level);
                    batch.clear();
                }
            }
        }
    }

    /** JMH sets these fields in {@link #open()}, before anything reads them. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T uninitialized() {
        return null;
    }
}
