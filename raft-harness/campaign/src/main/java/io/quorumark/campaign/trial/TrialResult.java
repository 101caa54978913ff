package io.quorumark.campaign.trial;

import io.quorumark.results.model.Trial;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignWriter;
import io.quorumark.results.store.HistogramLogs;
import io.quorumark.workload.driver.ReportingInterval;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * A finished trial and its histograms.
 *
 * @param trial what was measured
 * @param intervals by second
 */
record TrialResult(Trial trial, List<ReportingInterval> intervals) {
    void storeIn(CampaignFolder folder) throws IOException {
        CampaignWriter.writeTrial(folder, trial, histogramLog());
    }

    private String histogramLog() {
        HistogramLogs.Builder log = new HistogramLogs.Builder();
        long startMillis = trial.startedAt().toEpochMilli();
        double elapsedSeconds = 0;
        for (ReportingInterval interval : intervals) {
            long from = startMillis + Math.round(1000 * elapsedSeconds);
            elapsedSeconds += interval.seconds();
            long to = startMillis + Math.round(1000 * elapsedSeconds);
            new TreeMap<>(interval.latencies()).forEach((operationClass, encoded) -> {
                Histogram response = encoded.decode().response();
                response.setStartTimeStamp(from);
                response.setEndTimeStamp(to);
                log.add(operationClass, response);
            });
        }
        return log.build();
    }
}
