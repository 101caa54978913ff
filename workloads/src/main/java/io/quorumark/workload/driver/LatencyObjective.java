package io.quorumark.workload.driver;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * What response times must keep to, written such as {@code p99 <= 10 ms}.
 *
 * @param percentile more than 0 and less than 100, or 100 for the largest
 * @param limitNanos the most that it may be, 1 to {@link Latencies#HIGHEST_NANOS}
 */
public record LatencyObjective(double percentile, long limitNanos) {
    /** A percentile with fewer samples beyond it says nothing. */
    public static final int LEAST_SAMPLES_BEYOND = 100;

    /** What a written objective looks like. */
    public static final String EXPECTED =
            "a percentile and a limit of at most 60 s such as \"p99 <= 10 ms\", \"p99.9 <= 500 us\" or \"max <= 1 s\"";

    private static final Pattern WRITTEN =
            Pattern.compile("(p(\\d{1,2}(?:\\.\\d{1,4})?)|max)\\s*<=\\s*(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(ns|us|ms|s)");
    private static final Map<String, Long> NANOS =
            Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L);

    /** How response times compare with an objective. */
    public enum Compliance {
        MET,
        MISSED,
        /** There are too few to tell. */
        TOO_FEW
    }

    public LatencyObjective {
        if (!(percentile > 0 && percentile <= 100)) {
            throw new IllegalArgumentException(
                    "percentile is " + percentile + ", expected more than 0 and at most 100");
        }
        if (limitNanos < 1 || limitNanos > Latencies.HIGHEST_NANOS) {
            throw new IllegalArgumentException(
                    "limitNanos is " + limitNanos + ", expected 1 to " + Latencies.HIGHEST_NANOS);
        }
    }

    /**
     * Reads an objective.
     *
     * @throws IllegalArgumentException it is not one; the message says what was expected
     */
    public static LatencyObjective parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (matcher.matches()) {
            double percentile = matcher.group(2) == null ? 100 : Double.parseDouble(matcher.group(2));
            BigDecimal limit = new BigDecimal(matcher.group(3))
                    .multiply(BigDecimal.valueOf(NANOS.getOrDefault(matcher.group(4), 1L)));
            long limitNanos = limit.setScale(0, RoundingMode.HALF_UP).longValue();
            if (percentile > 0 && limitNanos >= 1 && limitNanos <= Latencies.HIGHEST_NANOS) {
                return new LatencyObjective(percentile, limitNanos);
            }
        }
        throw new IllegalArgumentException("objective is \"" + text + "\", expected " + EXPECTED);
    }

    /** Judges response times. A single sample above the limit misses {@code max}, of however many. */
    public Compliance judge(Histogram response) {
        if (percentile < 100 && response.getTotalCount() < leastSamples()) {
            return Compliance.TOO_FEW;
        }
        if (response.getTotalCount() == 0) {
            return Compliance.TOO_FEW;
        }
        return response.getValueAtPercentile(percentile) <= response.highestEquivalentValue(limitNanos)
                ? Compliance.MET
                : Compliance.MISSED;
    }

    /** How many samples it takes to judge; 1 for {@code max}. */
    public long leastSamples() {
        return percentile == 100 ? 1 : (long) Math.ceil(LEAST_SAMPLES_BEYOND / (1 - percentile / 100) - 1e-6);
    }

    @Override
    public String toString() {
        String name = percentile == 100
                ? "max"
                : "p" + BigDecimal.valueOf(percentile).stripTrailingZeros().toPlainString();
        String unit = "ns";
        for (String larger : new String[] {"us", "ms", "s"}) {
            unit = limitNanos % NANOS.getOrDefault(larger, 1L) == 0 ? larger : unit;
        }
        return String.format(Locale.ROOT, "%s <= %d %s", name, limitNanos / NANOS.getOrDefault(unit, 1L), unit);
    }
}
