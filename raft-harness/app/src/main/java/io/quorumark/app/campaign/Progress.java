package io.quorumark.app.campaign;

import java.time.Duration;

/** Shows a person how far a campaign is and how long it will take. Called from one thread at a time. */
public interface Progress extends AutoCloseable {
    /** A trial begins. */
    void trialStarted(int number, int of, String engine, String workload, int block);

    /** About once a second while it runs. */
    void trialRunning(TrialOutput output);

    /**
     * It has ended.
     *
     * @param summary a few words, such as {@code 41,200 op/s} or the reason why it does not count
     */
    void trialEnded(String summary);

    /** How long the rest is expected to take. */
    void remaining(Duration expected);

    @Override
    void close();
}
