package io.quorumark.workload.driver;

import java.util.Map;

/**
 * One second of a measured window, or its drain.
 *
 * @param second 0-based within the window; the drain comes after the last one
 * @param seconds length of the interval: 1, less for a window's last part and for the drain
 * @param drain whether these operations were sent inside the window and completed after it
 * @param operations acknowledged in it: completed, and not {@code FAILED}
 * @param errors completed in it as {@code FAILED} or {@code CONFLICT}
 * @param p50Nanos median response time of what completed in it; 0 if nothing did
 * @param p99Nanos 99th percentile
 * @param maxNanos largest
 * @param latencies by operation class; classes without samples are absent, and there is no sum of all
 */
public record ReportingInterval(
        int second,
        double seconds,
        boolean drain,
        long operations,
        long errors,
        long p50Nanos,
        long p99Nanos,
        long maxNanos,
        Map<String, EncodedLatencies> latencies) {

    public ReportingInterval {
        latencies = Map.copyOf(latencies);
    }
}
