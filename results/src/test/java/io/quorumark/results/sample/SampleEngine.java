package io.quorumark.results.sample;

import io.quorumark.results.model.Software;
import java.util.List;

/**
 * An engine as the samples pretend it to be. The figures are invented.
 *
 * @param id of its provider
 * @param name as its makers write it
 * @param version of library and engine
 * @param operationsPerSecond of the whole group at 64 outstanding
 * @param sigma width of its latencies: the standard deviation of their logarithm
 * @param cpuNanosPerOperation of the whole process
 * @param bytesPerOperation written to the device
 * @param logEngine that holds log and hard state for it
 * @param caveats that stand beside its numbers
 */
record SampleEngine(
        String id,
        String name,
        String version,
        double operationsPerSecond,
        double sigma,
        double cpuNanosPerOperation,
        double bytesPerOperation,
        String logEngine,
        List<String> caveats) {

    static final List<SampleEngine> ALL = List.of(
            new SampleEngine("rocksdb", "RocksDB", "11.8.1", 39_000, 0.55, 29_500, 840, "rocksdb", List.of()),
            new SampleEngine("lmdb", "LMDB", "0.9.3 / 0.9.33", 28_600, 0.45, 34_000, 2_100, "lmdb", List.of()),
            new SampleEngine(
                    "mapdb",
                    "MapDB",
                    "3.1.0",
                    12_300,
                    0.8,
                    71_000,
                    3_400,
                    "memory",
                    List.of("Not crash-safe in any mode: its log is kept by another engine.")),
            new SampleEngine(
                    "xodus",
                    "Xodus",
                    "2.0.1",
                    18_400,
                    0.7,
                    52_000,
                    1_900,
                    "xodus",
                    List.of("Its makers announce a sunset.")),
            new SampleEngine("memory", "In-memory + WAL", "0.1.0", 39_500, 0.5, 27_000, 780, "memory", List.of()),
            new SampleEngine("null", "Null", "0.1.0", 393_000, 0.35, 9_700, 0, "null", List.of()));

    /** What a decider asks besides figures: LMDB has two licences that hold together, Xodus comes to its end. */
    Software.Engine facts() {
        return switch (id) {
            case "rocksdb" -> new Software.Engine(id, "LSM tree", "Apache-2.0 OR GPL-2.0-only", "active");
            case "lmdb" -> new Software.Engine(id, "copy-on-write B+ tree", "Apache-2.0 AND OLDAP-2.8", "active");
            case "xodus" -> new Software.Engine(id, "log with B+ trees", "Apache-2.0", "ending");
            default -> new Software.Engine(id, "of a sample", "Apache-2.0", "active");
        };
    }
}
