package io.quorumark.workload.driver;

import io.quorumark.workload.distribution.Randomness;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * The intended send times of an open loop, in nanoseconds from its start. Two schedules with equal arguments are equal: the pacer and the submitter have one each, and
 * share nothing.
 */
final class Schedule {
    private final double meanGapNanos;
    private final boolean poisson;
    private final SharedStateContinuousSampler exponential;
    private double index;
    private double dueNanos;

    Schedule(Load.OpenLoop load, long seed) {
        meanGapNanos = 1e9 / load.rateOpsPerSecond();
        poisson = load.arrivals() == Load.Arrivals.POISSON;
        exponential = ZigguratSampler.Exponential.of(Randomness.of(seed, "arrivals"));
    }

    /** When the next operation is due. */
    long dueNanos() {
        return (long) dueNanos;
    }

    /** Goes on to the operation after it. */
    void advance() {
        if (poisson) {
            dueNanos += meanGapNanos * exponential.sample();
        } else {
            // Multiplied, not added up, so that the rate is exact however long the run.
            dueNanos = ++index * meanGapNanos;
        }
    }

    double meanGapNanos() {
        return meanGapNanos;
    }
}
