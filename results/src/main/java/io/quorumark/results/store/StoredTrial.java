package io.quorumark.results.store;

import io.quorumark.results.model.Trial;

/**
 * A trial's JSON file: the trial, and checksums that tell when it or its histograms were edited afterwards.
 *
 * @param campaignSha256 of the {@code campaign.json} that it was measured under
 * @param trialSha256 of the trial as {@link ResultsJson} writes it
 * @param histogramsSha256 of the histogram log beside it
 * @param trial what was measured
 */
record StoredTrial(String campaignSha256, String trialSha256, String histogramsSha256, Trial trial) {
    static StoredTrial of(String campaignSha256, Trial trial, String histogramLog) {
        return new StoredTrial(campaignSha256, Sha256.of(ResultsJson.write(trial)), Sha256.of(histogramLog), trial);
    }
}
