package io.quorumark.raft.nemesis;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happens to a group, its clients are told nothing that no order of their operations explains. */
class FaultyRunTest {
    private static final long SHORT_MILLIS = 2000;
    private static final long LONGER_MILLIS = 3000;
    private static final int LONG_RUNS = 20;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "memory, memory, 133",
        "memory, memory, 159",
        "memory, mapdb, 5",
        "memory, lmdb, 6",
        "rocksdb, rocksdb, 7",
        "rocksdb, memory, 10",
        "rocksdb, mapdb, 11",
        "rocksdb, lmdb, 12",
        "lmdb, lmdb, 13",
        "lmdb, rocksdb, 15",
        "lmdb, mapdb, 16",
        "xodus, xodus, 17",
        "xodus, rocksdb, 19",
        "memory, xodus, 20"
    })
    void every_answer_can_be_explained(String logEngine, String stateEngine, long seed) throws IOException {
        new FaultyRun(directory, logEngine, stateEngine, seed, SHORT_MILLIS).requireLinearizable();
    }

    /** 200 runs. */
    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "memory, memory",
        "memory, mapdb",
        "memory, lmdb",
        "rocksdb, rocksdb",
        "rocksdb, memory",
        "rocksdb, xodus",
        "lmdb, lmdb",
        "lmdb, rocksdb",
        "xodus, xodus",
        "xodus, mapdb"
    })
    void every_answer_of_many_runs_can_be_explained(String logEngine, String stateEngine) throws IOException {
        for (int run = 0; run < LONG_RUNS; run++) {
            long seed = 1000L * Math.floorMod((logEngine + stateEngine).hashCode(), 1000) + run;
            new FaultyRun(directory.resolve("run-" + run), logEngine, stateEngine, seed, LONGER_MILLIS)
                    .requireLinearizable();
        }
    }
}
