package io.quorumark.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * The pattern of a Raft log. The figure is appends of {@link LogState#entriesPerAppend} entries; one thread, since a log has one writer.
 */
@Threads(1)
public class EngineLogBenchmark extends EngineBenchmark {
    /** Appends in index order and, once in {@link LogState#retainedEntries} entries, deletes as many at the front. */
    @Benchmark
    public void appendAndPrune(EngineState engine, LogState log) {
        log.append(engine);
        log.pruneWhereDue(engine);
    }

    /** Appends, and deletes the same entries again; the next append takes their place. */
    @Benchmark
    public void appendAndTruncateSuffix(EngineState engine, LogState log) {
        log.append(engine);
        log.truncateLastAppend(engine);
    }
}
