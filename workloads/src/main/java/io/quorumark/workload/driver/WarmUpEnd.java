package io.quorumark.workload.driver;

/** Why a warm-up ended. */
public enum WarmUpEnd {
    /** Its fixed time or number of operations was over. */
    PLANNED,
    /** The last seconds were steady. */
    STEADY,
    /** They were not, but the maximum was reached: what was measured may still have been warming up. */
    MAXIMUM
}
