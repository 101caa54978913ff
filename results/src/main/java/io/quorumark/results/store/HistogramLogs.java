package io.quorumark.results.store;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/** Histogram logs in HdrHistogram's own format: one interval per second and operation class, values in nanoseconds. */
public final class HistogramLogs {
    private HistogramLogs() {}

    /** Collects intervals into the text of a log. */
    public static final class Builder {
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private final HistogramLogWriter writer = new HistogramLogWriter(text);
        private boolean begun;

        /** Adds one interval; its start and end times are those of the histogram. */
        public Builder add(String operationClass, Histogram interval) {
            if (!begun) {
                begun = true;
                writer.outputLogFormatVersion();
                writer.outputLegend();
            }
            interval.setTag(operationClass);
            writer.outputIntervalHistogram(interval);
            return this;
        }

        /** The log's text; empty where nothing was added. */
        public String build() {
            return text.toString(StandardCharsets.UTF_8);
        }
    }

    /**
     * All intervals of a log, summed per operation class.
     *
     * @throws ResultsException the log cannot be read
     */
    public static Map<String, Histogram> merged(Path log) {
        Map<String, Histogram> merged = new TreeMap<>();
        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            for (EncodableHistogram next = reader.nextIntervalHistogram();
                    next != null;
                    next = reader.nextIntervalHistogram()) {
                if (!(next instanceof Histogram interval)) {
                    throw new ResultsException(
                            log, "holds a " + next.getClass().getSimpleName() + ", expected histograms");
                }
                merged.computeIfAbsent(
                                String.valueOf(interval.getTag()),
                                tag -> new Histogram(interval.getNumberOfSignificantValueDigits()))
                        .add(interval);
            }
        } catch (FileNotFoundException e) {
            throw new ResultsException(log, "is missing; restore it from a copy", e);
        }
        return merged;
    }
}
