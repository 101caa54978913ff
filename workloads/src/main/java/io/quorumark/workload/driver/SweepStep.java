package io.quorumark.workload.driver;

/**
 * One rate of a sweep, and how it went.
 *
 * @param offeredOpsPerSecond what was asked for
 * @param achievedOpsPerSecond what was acknowledged
 * @param percentileNanos response time at the objective's percentile
 * @param compliance of the response times with the objective
 * @param sustained whether the load was carried at this rate, and nothing failed
 */
public record SweepStep(
        double offeredOpsPerSecond,
        double achievedOpsPerSecond,
        long percentileNanos,
        LatencyObjective.Compliance compliance,
        boolean sustained) {
    /** Whether the rate is one that the target can hold. */
    public boolean passed() {
        return sustained && compliance == LatencyObjective.Compliance.MET;
    }
}
