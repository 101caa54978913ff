package io.quorumark.workload.driver;

/**
 * One rate of a sweep, and how it went.
 *
 * @param offeredOpsPerSecond what was asked for
 * @param achievedOpsPerSecond what was acknowledged
 * @param percentileNanos response time at the objective's percentile
 * @param verdict on the response times
 * @param sustained whether the load was carried at this rate, and nothing failed
 */
public record SweepStep(
        double offeredOpsPerSecond,
        double achievedOpsPerSecond,
        long percentileNanos,
        LatencyObjective.Verdict verdict,
        boolean sustained) {
    /** Whether the rate is one that the target can hold. */
    public boolean passed() {
        return sustained && verdict == LatencyObjective.Verdict.MET;
    }
}
