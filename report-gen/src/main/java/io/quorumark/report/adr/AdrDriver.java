package io.quorumark.report.adr;

import io.quorumark.report.text.Figures;
import io.quorumark.results.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a decision between engines can turn on: every judged metric, and crash safety, which no trial measures.
 *
 * @param key in a weights file
 * @param meaning how it is measured, and which direction is better
 * @param metric empty for crash safety
 */
public record AdrDriver(String key, String title, String meaning, Optional<Metric> metric) {
    public static final AdrDriver CRASH_SAFETY = new AdrDriver(
            "crash-safety",
            "Crash safety",
            "what a write that this engine itself acknowledged survives: POWER_LOSS 1, PROCESS_CRASH 0.5, NONE 0",
            Optional.empty());

    /** In the order of documents. */
    public static List<AdrDriver> all() {
        List<AdrDriver> drivers = new ArrayList<>();
        Metric.judged().forEach(metric -> drivers.add(of(metric)));
        drivers.add(CRASH_SAFETY);
        return drivers;
    }

    public static AdrDriver of(Metric metric) {
        return new AdrDriver(
                metric.id(),
                Figures.capitalized(metric.words()),
                metric.definition() + "; " + (metric.moreIsBetter() ? "more" : "less") + " is better",
                Optional.of(metric));
    }
}
