package io.quorumark.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Commits of one record and of several. The figure of a batch is records, not commits. */
public class EngineWriteBenchmark extends EngineBenchmark {
    /** Overwrites one record in a commit of its own. */
    @Benchmark
    public void put(EngineState engine, SessionState mine) {
        mine.chooseKey(engine);
        mine.changeValue();
        mine.session.put(engine.keyspace(), mine.key, mine.value, engine.level());
    }

    /**
     * Writes a record that was not there and deletes it again, in a commit each. So that every delete finds its record however long the
     * benchmark runs, it cannot be without its put: a delete takes the time of a pair less that of {@link #put}.
     */
    @Benchmark
    public void putAndDelete(EngineState engine, SessionState mine) {
        mine.chooseAbsentKey(engine);
        mine.changeValue();
        mine.session.put(engine.keyspace(), mine.key, mine.value, engine.level());
        mine.session.delete(engine.keyspace(), mine.key, engine.level());
    }

    /** Overwrites one record in a batch: what the batch itself costs, beside {@link #put}. */
    @Benchmark
    public void batch1(EngineState engine, SessionState mine) {
        mine.commitBatch(engine, 1);
    }

    @Benchmark
    @OperationsPerInvocation(10)
    public void batch10(EngineState engine, SessionState mine) {
        mine.commitBatch(engine, 10);
    }

    @Benchmark
    @OperationsPerInvocation(100)
    public void batch100(EngineState engine, SessionState mine) {
        mine.commitBatch(engine, 100);
    }
}
