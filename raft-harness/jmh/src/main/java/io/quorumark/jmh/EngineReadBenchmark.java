package io.quorumark.jmh;

import io.quorumark.engine.Snapshot;
import org.openjdk.jmh.annotations.Benchmark;

/** Point reads of the latest state and of a snapshot. */
public class EngineReadBenchmark extends EngineBenchmark {
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

    /** Opens a snapshot, reads one record and closes it. Without {@code CONSTANT_TIME_SNAPSHOT} this copies all records. */
    @Benchmark
    public int snapshot(EngineState engine, SessionState mine) {
        mine.chooseKey(engine);
        mine.target.clear();
        try (Snapshot snapshot = mine.session.openSnapshot()) {
            return snapshot.get(engine.keyspace(), mine.key, mine.target);
        }
    }
}
