package io.quorumark.workload.driver;

/**
 * How late an open loop's generator was itself: from the moment when an operation was due <em>and</em> a client was free to its actual
 * send. It is the harness's share of the response time. All 0 for a closed loop.
 *
 * @param p50Nanos median over the measured window
 * @param p99Nanos 99th percentile
 * @param p999Nanos 99.9th percentile
 * @param maxNanos largest
 */
public record GeneratorLag(long p50Nanos, long p99Nanos, long p999Nanos, long maxNanos) {
    /** Of a load that has no schedule to lag behind. */
    public static final GeneratorLag NONE = new GeneratorLag(0, 0, 0, 0);
}
