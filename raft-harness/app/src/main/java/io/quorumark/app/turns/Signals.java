package io.quorumark.app.turns;

/** Stops processes and lets them go on. */
interface Signals extends AutoCloseable {
    /** On return the signal has been sent to all processes of that side, which stop within moments. */
    void stop(int side);

    /** Lets them go on, if they still exist. */
    void goOn(int side);

    /** Lets all of them go on. */
    @Override
    void close();
}
