package io.quorumark.campaign.interleave;

/** Stops processes and lets them go on. */
interface Signals extends AutoCloseable {
    /** On return the signal has been sent to all processes of that side, which stop within moments. */
    void stop(int side);

    /**
     * Puts a stopped side on one of the processors, from where the machine may move it on: the same for both sides in the same round,
     * another one in the next.
     *
     * @param round how often both sides have had their turn
     */
    void place(int side, int round);

    /** Lets them go on, if they still exist. */
    void goOn(int side);

    /** Lets all of them go on. */
    @Override
    void close();
}
