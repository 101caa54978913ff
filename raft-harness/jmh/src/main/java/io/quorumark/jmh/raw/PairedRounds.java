package io.quorumark.jmh.raw;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Both ways to one engine by turns in one JVM, in slices of milliseconds, so that whatever slows the machine down meets both. One engine
 * per JVM: the JIT then calls each way as directly as when it is alone.
 */
final class PairedRounds implements AutoCloseable {
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int CALIBRATION_OPERATIONS = 16;

    private final SpiOverheadBenchmark benchmark = new SpiOverheadBenchmark();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EngineAccessState spi;
    private final EngineAccessState raw;
    private long sink;

    /** Opens and fills the engine both ways. */
    PairedRounds(String engine) throws IOException {
        spi = state(engine, EngineAccesses.SPI);
        raw = state(engine, EngineAccesses.RAW);
    }

    private static EngineAccessState state(String engine, String api) throws IOException {
        EngineAccessState state = new EngineAccessState();
        state.engine = engine;
        state.api = api;
        state.valueBytes = 100;
        state.records = 100_000;
        state.open();
        return state;
    }

    /**
     * Measures one operation.
     *
     * @param operation a method of {@link SpiOverheadBenchmark}
     * @param warmUps pairs of slices that do not count
     */
    List<OverheadRow.Round> measure(String operation, int warmUps, int rounds) {
        int operations = CALIBRATION_OPERATIONS;
        List<OverheadRow.Round> measured = new ArrayList<>();
        for (int round = -warmUps; round < rounds; round++) {
            boolean spiFirst = (round & 1) == 0;
            OverheadRow.Side first = slice(operation, spiFirst ? spi : raw, operations);
            OverheadRow.Side second = slice(operation, spiFirst ? raw : spi, operations);
            if (round >= 0) {
                measured.add(spiFirst ? new OverheadRow.Round(first, second) : new OverheadRow.Round(second, first));
            } else {
                double slowest = Math.max(first.nanosPerOperation(), second.nanosPerOperation());
                operations =
                        (int) Math.max(CALIBRATION_OPERATIONS, SLICE_NANOS / Math.max(1, slowest * perCall(operation)));
            }
        }
        return measured;
    }

    private OverheadRow.Side slice(String operation, EngineAccessState state, int operations) {
        long thread = Thread.currentThread().getId();
        long bytesBefore = threads.getThreadAllocatedBytes(thread);
        long began = System.nanoTime();
        sink += run(operation, state, operations);
        double nanos = System.nanoTime() - began;
        double bytes = threads.getThreadAllocatedBytes(thread) - bytesBefore;
        double records = (double) operations * perCall(operation);
        return new OverheadRow.Side(nanos / records, bytes / records);
    }

    private static int perCall(String operation) {
        return operation.equals("batch") ? SpiOverheadBenchmark.BATCH_RECORDS : 1;
    }

    private long run(String operation, EngineAccessState state, int operations) {
        return switch (operation) {
            case "get" -> gets(state, operations);
            case "put" -> puts(state, operations);
            case "batch" -> batches(state, operations);
            case "next" -> steps(state, operations);
            default ->
                throw new IllegalArgumentException(
                        "operation is '" + operation + "', expected get, put, batch or next");
        };
    }

    private long gets(EngineAccessState state, int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            sum += benchmark.get(state);
        }
        return sum;
    }

    private long puts(EngineAccessState state, int operations) {
        for (int i = 0; i < operations; i++) {
            benchmark.put(state);
        }
        return operations;
    }

    private long batches(EngineAccessState state, int operations) {
        for (int i = 0; i < operations; i++) {
            benchmark.batch(state);
        }
        return operations;
    }

    private long steps(EngineAccessState state, int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            sum += benchmark.next(state);
        }
        return sum;
    }

    /** Keeps what was read from being optimised away. */
    long sink() {
        return sink;
    }

    @Override
    public void close() throws IOException {
        spi.close();
        raw.close();
    }
}
