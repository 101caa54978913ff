package io.quorumark.workload.driver;

/**
 * Hears when the measured window begins and ends, on the thread that called the driver: the moments to read counters that are to be
 * subtracted. For a window bounded by time, each call comes as soon as the thread has woken up; for one bounded by operations, within a
 * second.
 */
public interface WindowListener {
    /** Ignores both. */
    WindowListener NONE = new WindowListener() {
        @Override
        public void windowBegins() {}

        @Override
        public void windowEnds() {}
    };

    /**
     * The thread that keeps a paced load's schedule has started, and makes this call itself before it sends anything. Not called for closed
     * loops.
     */
    default void pacerStarts() {}

    /**
     * How long before an operation is due that thread will ask to be woken up. Called by the thread itself after {@link #pacerStarts()}, if
     * it paces by {@link Pacing#HYBRID}.
     */
    default void pacerLeads(WakeUpLead lead) {}

    /** The warm-up is over; operations flow on. */
    void windowBegins();

    /** Operations that complete from now on do not count as throughput. Called exactly once after {@link #windowBegins()}. */
    void windowEnds();
}
