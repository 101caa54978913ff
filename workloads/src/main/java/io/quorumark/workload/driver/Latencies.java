package io.quorumark.workload.driver;

import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * The latencies of one operation class, in nanoseconds, with three significant digits, up to {@link #HIGHEST_NANOS}.
 *
 * @param response from the intended send in an open loop, from the actual send in a closed one
 * @param service from the actual send; present for open loops only
 */
public record Latencies(Histogram response, Optional<Histogram> service) {
    /** Longer latencies are recorded as this one: 60 s. */
    public static final long HIGHEST_NANOS = 60_000_000_000L;

    /** Significant decimal digits of every histogram. */
    public static final int DIGITS = 3;
}
