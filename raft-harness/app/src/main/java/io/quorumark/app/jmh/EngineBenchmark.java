package io.quorumark.app.jmh;

import io.quorumark.engine.Cursor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** One engine behind the SPI, without Raft: what its own operations cost. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsPrepend = {
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
public class EngineBenchmark {
    private static final int BATCH_OPERATIONS = 100;
    private static final int SCAN_RECORDS = 100;

    /** Reads a record that is there. */
    @Benchmark
    public int getHit(EngineState engine, SessionState mine) {
        mine.chooseKey(engine);
        mine.target.clear();
        return mine.session.get(engine.keyspace(), mine.key, mine.target);
    }

    /** Looks for a key that is not there. */
    @Benchmark
    public int getMiss(EngineState engine, SessionState mine) {
        mine.chooseAbsentKey(engine);
        mine.target.clear();
        return mine.session.get(engine.keyspace(), mine.key, mine.target);
    }

    /** Overwrites one record in a commit of its own. */
    @Benchmark
    public void put(EngineState engine, SessionState mine) {
        mine.chooseKey(engine);
        mine.changeValue();
        mine.session.put(engine.keyspace(), mine.key, mine.value, engine.level());
    }

    /** Overwrites a hundred records in one commit; the figure is records. */
    @Benchmark
    @OperationsPerInvocation(BATCH_OPERATIONS)
    public void batch100(EngineState engine, SessionState mine) {
        mine.batch.clear();
        for (int i = 0; i < BATCH_OPERATIONS; i++) {
            mine.chooseKey(engine);
            mine.changeValue();
            mine.batch.put(engine.keyspace(), mine.key, mine.value);
        }
        mine.session.commit(mine.batch, engine.level());
    }

    /** Seeks a random record and walks a hundred on; the figure is records. */
    @Benchmark
    @OperationsPerInvocation(SCAN_RECORDS)
    public long scan100(EngineState engine, SessionState mine) {
        try (Cursor cursor = mine.session.openCursor(engine.keyspace())) {
            return mine.scan(cursor, engine, SCAN_RECORDS);
        }
    }
}
