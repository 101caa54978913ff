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
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Opening a folder with data: for the in-memory engine, that is reading a snapshot and replaying the log behind it. Half of the records are
 * written before a compaction (its snapshot), the other half after it (its log). The page cache is warm; the first opening is in a cold
 * JVM, which is why nothing warms up.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Threads(1)
public class RecoveryBenchmark extends EngineBenchmark {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("kv");
    private static final int BATCH_RECORDS = 500;

    @Param("memory")
    public String engine = "";

    @Param("PROCESS_CRASH")
    public String durability = "";

    @Param("200")
    public int valueBytes;

    @Param("1000000")
    public int records;

    private DataFolder folder = EngineState.uninitialized();
    private EngineProvider provider = EngineState.uninitialized();
    private EngineConfig config = EngineState.uninitialized();
    private KVEngine opened = EngineState.uninitialized();

    @Setup(Level.Trial)
    public void write() throws IOException {
        provider = Engines.onClassPath().require(engine);
        Durability level = Durability.ofCode(durability);
        if (!provider.capabilities().durabilities().contains(level)) {
            throw new SkippedBenchmark("engine '" + engine + "' has no durability " + durability + ", expected one of "
                    + provider.capabilities().durabilities() + "; pass it with -p durability=");
        }
        folder = DataFolder.create();
        config = EngineConfig.of(folder.path().resolve("engine"), KEYSPACES, level);
        try (KVEngine fresh = provider.open(config)) {
            write(fresh, 0, records / 2);
            if (provider.capabilities().has(Ability.COMPACTION)) {
                fresh.compact();
            }
            write(fresh, records / 2, records);
        }
    }

    @Benchmark
    public KVEngine open() {
        opened = provider.open(config);
        return opened;
    }

    /** Also checks that the last record is there: an opening that recovers nothing would be fast. */
    @TearDown(Level.Invocation)
    public void checkAndClose() {
        try (KVEngine recovered = opened;
                Session session = recovered.openSession()) {
            ByteBuffer key = session.allocate(Records.KEY_BYTES);
            Records.fillKey(key, records - 1L);
            int length = session.get(KEYSPACES.get(0), key, session.allocate(valueBytes));
            if (length != valueBytes) {
                throw new IllegalStateException("the last record has length " + length + " after recovery, expected "
                        + valueBytes + "; the engine lost it");
            }
        }
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException {
        folder.close();
    }

    private void write(KVEngine target, int fromRecord, int toRecord) {
        SplittableRandom random = new SplittableRandom(fromRecord);
        try (Session session = target.openSession();
                WriteBatch batch = session.newBatch()) {
            ByteBuffer key = session.allocate(Records.KEY_BYTES);
            ByteBuffer value = session.allocate(valueBytes);
            for (int record = fromRecord; record < toRecord; record++) {
                Records.fillKey(key, record);
                Records.fillValue(value, random);
                batch.put(KEYSPACES.get(0), key, value);
                if (batch.operationCount() == BATCH_RECORDS || record == toRecord - 1) {
                    session.commit(batch, config.durability());
                    batch.clear();
                }
            }
        }
    }
}
