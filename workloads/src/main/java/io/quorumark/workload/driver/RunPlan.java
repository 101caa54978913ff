package io.quorumark.workload.driver;

import java.time.Duration;

/**
 * One run of {@link LoadDriver#run}: the load stays the same from warm-up to the end of the measured window, which begins at a mark in time
 * while operations flow.
 *
 * @param load closed or open loop
 * @param warmUp when the mark is set; {@link PhaseLimit#NONE} for at once
 * @param measure the measured window
 * @param quiescenceTimeout how long nothing may come back while operations are outstanding, at any time of the run
 * @param failureLimit after so many failed operations nothing more is issued, and the result says so
 */
public record RunPlan(Load load, WarmUpRule warmUp, PhaseLimit measure, Duration quiescenceTimeout, long failureLimit) {
    public RunPlan {
        if (quiescenceTimeout.isNegative() || quiescenceTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "quiescenceTimeout is " + quiescenceTimeout + ", expected a positive duration");
        }
        if (failureLimit < 1) {
            throw new IllegalArgumentException("failureLimit is " + failureLimit + ", expected 1 or more");
        }
    }
}
