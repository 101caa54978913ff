package io.quorumark.campaign.trial;

import io.quorumark.results.model.Trial;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignWriter;
import io.quorumark.results.store.HistogramLogs;
import io.quorumark.workload.driver.ReportingInterval;
import java.io.IOException;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * A finished trial and its histograms.
 *
 * @param trial what was measured
 * @param measured its windows, whose intervals are stored by second
 */
record TrialResult(Trial trial, Measured measured) {
    void storeIn(CampaignFolder folder) throws IOException {
        CampaignWriter.writeTrial(folder, trial, histogramLog());
    }

    private String histogramLog() {
        HistogramLogs.Builder log = new HistogramLogs.Builder();
        add(log, HistogramLogs.COUNTED, measured.counted());
        for (int i = 0; i < measured.windows().size(); i++) {
            Measured.Run run = measured.windows().get(i);
            if (!run.equals(measured.counted())) {
                add(log, run.equals(measured.paced()) ? HistogramLogs.PACED : HistogramLogs.step(i), run);
            }
        }
        return log.build();
    }

    /** Times of each window are told as if it had begun with the trial. */
    private void add(HistogramLogs.Builder log, String window, Measured.Run run) {
        long startMillis = trial.startedAt().toEpochMilli();
        double elapsedSeconds = 0;
        for (ReportingInterval interval : run.result().intervals()) {
            long from = startMillis + Math.round(1000 * elapsedSeconds);
            elapsedSeconds += interval.seconds();
            long to = startMillis + Math.round(1000 * elapsedSeconds);
            new TreeMap<>(interval.latencies()).forEach((operationClass, encoded) -> {
                Histogram response = encoded.decode().response();
                response.setStartTimeStamp(from);
                response.setEndTimeStamp(to);
                log.add(window, operationClass, response);
            });
        }
    }
}
