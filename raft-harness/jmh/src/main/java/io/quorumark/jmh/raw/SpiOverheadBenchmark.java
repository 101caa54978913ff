package io.quorumark.jmh.raw;

import io.quorumark.jmh.EngineBenchmark;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;

/**
 * Each engine through the SPI and by its own API, doing the same. {@code scripts/jmh-overhead} runs both by turns and prints their ratios.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Threads(1)
public class SpiOverheadBenchmark extends EngineBenchmark {
    static final int BATCH_RECORDS = 100;

    /** Reads a record that is there. */
    @Benchmark
    public int get(EngineAccessState state) {
        state.chooseKey();
        return state.access.get(state.key, state.target.clear());
    }

    /** Overwrites one record in a commit of its own. */
    @Benchmark
    public void put(EngineAccessState state) {
        state.chooseKey();
        state.changeValue();
        state.access.put(state.key, state.value);
    }

    /** Overwrites a hundred records in one commit; the figure is one record. */
    @Benchmark
    @OperationsPerInvocation(BATCH_RECORDS)
    public void batch(EngineAccessState state) {
        for (int i = 0; i < BATCH_RECORDS; i++) {
            state.chooseKey();
            state.changeValue();
            state.access.addToBatch(state.key, state.value);
        }
        state.access.commitBatch();
    }

    /** Steps a cursor on and reads key and value. */
    @Benchmark
    public long next(EngineAccessState state) {
        return state.access.next();
    }
}
