package io.quorumark.campaign;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Expects a trial to take as long as that cell's trials have taken so far, or all trials if it has none, or what the plan says before there
 * is any.
 */
final class TimeLeft {
    private final Duration planned;
    private final Map<String, Average> byCell = new HashMap<>();
    private final Average all = new Average();

    /** @param planned of one trial, from the plan: start, warm-up, window, verification */
    TimeLeft(Duration planned) {
        this.planned = planned;
    }

    void trialTook(String cellId, Duration duration) {
        byCell.computeIfAbsent(cellId, id -> new Average()).add((double) duration.toMillis());
        all.add((double) duration.toMillis());
    }

    /** For trials of these cells. */
    Duration expect(Iterable<String> cellIds) {
        double millis = 0;
        for (String cellId : cellIds) {
            Average average = byCell.getOrDefault(cellId, all);
            millis += average.count == 0 ? planned.toMillis() : average.mean();
        }
        return Duration.ofMillis(Math.round(millis));
    }

    private static final class Average {
        private double sum;
        private int count;

        void add(double value) {
            sum += value;
            count++;
        }

        double mean() {
            return sum / count;
        }
    }
}
