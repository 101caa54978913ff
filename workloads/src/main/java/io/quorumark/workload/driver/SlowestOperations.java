package io.quorumark.workload.driver;

import java.util.List;

/**
 * The operations of the measured window with the longest response times, no two of which overlap: of operations that were slow at the same
 * time, and so for the same reason, only the slowest stands here.
 *
 * @param windowStartNanos when the window began, by the driver's clock
 * @param operations the slowest first, {@value #MOST} at the most
 */
public record SlowestOperations(long windowStartNanos, List<Slow> operations) {
    /** How many are kept. */
    public static final int MOST = 10;

    /** Of a run without a measured window. */
    public static final SlowestOperations NONE = new SlowestOperations(0, List.of());

    public SlowestOperations {
        operations = List.copyOf(operations);
    }

    /**
     * One operation.
     *
     * @param startNanos when it was due, or sent in a closed loop, by the driver's clock
     * @param lengthNanos its response time
     * @param operationClass such as {@code update}
     * @param others how many that were among the slowest overlapped it, and were shorter
     */
    public record Slow(long startNanos, long lengthNanos, String operationClass, long others) {}
}
