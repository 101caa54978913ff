package io.quorumark.results.sample;

import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes an invented campaign of many trials, to time what reads it: {@code scripts/large-campaign}. */
public final class LargeSample {
    private static final int PROGRESS_TRIALS = 1_000;

    private LargeSample() {}

    /** @param arguments the folder, absent or empty, and how many trials at the least */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2 || !arguments[1].matches("[1-9]\\d{0,5}")) {
            System.err.println("usage: LargeSample DIR TRIALS, with 1 to 999999 trials");
            System.exit(2);
        }
        CampaignFolder written = writeTo(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.err.println("written: " + written.root());
    }

    /**
     * Whole blocks of one second a trial.
     *
     * @param leastTrials the last block is filled up
     */
    public static CampaignFolder writeTo(Path root, int leastTrials) throws IOException {
        int cells = SampleCampaign.of(SampleShape.QUICK.withSize(1, 1))
                .campaign()
                .cells()
                .size();
        SampleCampaign sample = SampleCampaign.of(SampleShape.ADR.withSize((leastTrials + cells - 1) / cells, 1));
        List<SampleCampaign.DrawnTrial> trials = sample.trials();
        try (CampaignWriter writer = CampaignWriter.create(root, sample.campaign())) {
            for (int i = 0; i < trials.size(); i++) {
                CampaignWriter.writeTrial(
                        writer.folder(), trials.get(i).trial(), trials.get(i).histogramLog());
                if ((i + 1) % PROGRESS_TRIALS == 0) {
                    System.err.println((i + 1) + " of " + trials.size() + " trials written");
                }
            }
            return writer.folder();
        }
    }
}
