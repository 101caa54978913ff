package io.quorumark.results.store;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Histogram logs in HdrHistogram's own format: one interval per second and operation class, values in nanoseconds. */
public final class HistogramLogs {
    private static final String TAG = "Tag=";

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

        /** The log's text; empty if nothing was added. */
        public String build() {
            return text.toString(StandardCharsets.UTF_8);
        }
    }

    /**
     * All intervals of a log, summed per operation class.
     *
     * @throws ResultsException the log is missing or cannot be read
     */
    public static Map<String, Histogram> merged(Path log) {
        Map<String, Histogram> merged = new TreeMap<>();
        merge(log, merged);
        return merged;
    }

    /**
     * Adds all intervals of a log to the sums of their operation classes. HdrHistogram's own reader skips lines that it cannot parse; here
     * such a line is an error, since its samples would be lost in silence.
     *
     * @param byClass sums so far; classes that are new are put
     * @throws ResultsException the log is missing or cannot be read
     */
    public static void merge(Path log, Map<String, Histogram> byClass) {
        try (BufferedReader lines = Files.newBufferedReader(log)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != '"') {
                    add(log, number, line, byClass);
                }
            }
        } catch (NoSuchFileException e) {
            throw new ResultsException(log, "is missing; restore it from a copy", e);
        } catch (IOException e) {
            throw new ResultsException(log, "cannot be read (" + e + ")", e);
        }
    }

    /** {@code Tag=class,start,length,max,histogram}. */
    private static void add(Path log, int number, String line, Map<String, Histogram> byClass) {
        int tagEnd = line.indexOf(',');
        int payload = line.lastIndexOf(',') + 1;
        if (!line.startsWith(TAG) || tagEnd < 0) {
            throw new ResultsException(log, "line " + number + " has no operation class, expected 'Tag=...'");
        }
        String operationClass = line.substring(TAG.length(), tagEnd);
        try {
            EncodedHistogram.addTo(byClass, operationClass, Base64.getDecoder().decode(line.substring(payload)));
        } catch (DataFormatException | RuntimeException e) {
            throw new ResultsException(
                    log, "line " + number + " holds no histogram (" + e + "); it was edited or cut", e);
        }
    }
}
