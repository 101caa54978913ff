package io.quorumark.campaign;

import java.time.Duration;

/** Shows a person how far a campaign is and how long it will take. Called from one thread at a time. */
public interface Progress extends AutoCloseable {
    /**
     * A trial begins.
     *
     * @param number of this trial, from 1 on
     * @param blockPlan of the campaign
     */
    void trialStarted(int number, BlockPlan blockPlan, String engine, String workload, int block);

    /** About once a second while it runs. */
    void trialRunning(TrialOutput output);

    /**
     * It has ended.
     *
     * @param summary a few words, such as {@code 41,200 op/s} or the reason why it does not count
     */
    void trialEnded(String summary);

    /**
     * How long the rest is expected to take.
     *
     * @param least if no further blocks are wanted
     * @param most if all further blocks are
     */
    void remaining(Duration least, Duration most);

    @Override
    void close();
}
