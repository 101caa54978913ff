package io.quorumark.workload.driver;

/** How the thread that keeps an open loop's schedule waits until the next operation is due. */
public enum Pacing {
    /**
     * Leaves its processor to others. Waking up takes tens of microseconds, and longer if the machine is busy; that is part of the load's
     * lag.
     */
    SLEEP,

    /** Looks at the clock until the time has come, and so takes a processor for itself: for targets that can spare one. */
    SPIN,

    /**
     * Sleeps until shortly before the time, by a {@link WakeUpLead} that is measured first, and looks at the clock for the rest: never for
     * more than {@link WakeUpLead#MOST_SHARE} of a processor.
     */
    HYBRID
}
