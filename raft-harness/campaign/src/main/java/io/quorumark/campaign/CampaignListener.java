package io.quorumark.campaign;

import io.quorumark.results.model.Campaign;
import java.nio.file.Path;
import java.time.Duration;

/** Told of a campaign that is about to run its trials. */
@FunctionalInterface
public interface CampaignListener {
    /** Hears nothing of it. */
    CampaignListener NONE = begun -> new Progress() {
        @Override
        public void trialStarted(int number, BlockPlan blockPlan, String engine, String workload, int block) {}

        @Override
        public void trialRunning(TrialOutput output) {}

        @Override
        public void trialEnded(String summary) {}

        @Override
        public void remaining(Duration least, Duration most) {}

        @Override
        public void close() {}
    };

    /**
     * What is about to run.
     *
     * @param root the results folder, which holds the campaign already
     * @param blockPlan how many trials
     * @param resumption the command that goes on if this process ends
     */
    record Begun(Campaign campaign, Path root, BlockPlan blockPlan, PlannedWorkloads workloads, String resumption) {}

    /**
     * Called once, before the first trial.
     *
     * @return who is told of the trials; closed after the last one
     */
    Progress begins(Begun begun);
}
