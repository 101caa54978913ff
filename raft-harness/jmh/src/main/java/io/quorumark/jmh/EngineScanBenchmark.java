package io.quorumark.jmh;

import io.quorumark.engine.Cursor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Cursors. Each invocation opens its own; the figure of a scan is records. */
public class EngineScanBenchmark extends EngineBenchmark {
    private static final int SCAN_RECORDS = 100;

    /** Seeks a random record and walks a hundred on. */
    @Benchmark
    @OperationsPerInvocation(SCAN_RECORDS)
    public long forward(EngineState engine, SessionState mine) {
        try (Cursor cursor = mine.session.openCursor(engine.keyspace())) {
            mine.chooseKey(engine);
            long bytes = 0;
            boolean onEntry = cursor.seekCeiling(mine.key);
            for (int i = 0; i < SCAN_RECORDS; i++) {
                if (!onEntry) {
                    cursor.first();
                }
                bytes += cursor.value().remaining();
                onEntry = cursor.next();
            }
            return bytes;
        }
    }

    /** Seeks a random record and walks a hundred back. */
    @Benchmark
    @OperationsPerInvocation(SCAN_RECORDS)
    public long reverse(EngineState engine, SessionState mine) {
        try (Cursor cursor = mine.session.openCursor(engine.keyspace())) {
            mine.chooseKey(engine);
            long bytes = 0;
            boolean onEntry = cursor.seekFloor(mine.key);
            for (int i = 0; i < SCAN_RECORDS; i++) {
                if (!onEntry) {
                    cursor.last();
                }
                bytes += cursor.value().remaining();
                onEntry = cursor.prev();
            }
            return bytes;
        }
    }

    /** Opens a cursor, seeks a random place between records and reads the key found there. */
    @Benchmark
    public long seek(EngineState engine, SessionState mine) {
        try (Cursor cursor = mine.session.openCursor(engine.keyspace())) {
            mine.chooseAbsentKey(engine);
            return cursor.seekCeiling(mine.key) ? cursor.key().getLong(0) : 0;
        }
    }
}
