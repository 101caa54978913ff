package io.quorumark.results.store;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Histogram logs in HdrHistogram's own format: one interval per second and operation class, values in nanoseconds. Intervals of the window
 * that a trial's figures are of are tagged with their operation class. Those of its other windows are tagged with window, colon and
 * class; older logs have none of these.
 */
public final class HistogramLogs {
    /** The window that a trial's figures are of. */
    public static final String COUNTED = "";

    /** The window at a set rate that follows a closed loop's. */
    public static final String PACED = "paced";

    private static final String TAG = "Tag=";
    private static final char WINDOW_END = ':';
    private static final int DEFAULT_DIGITS = 3;

    private HistogramLogs() {}

    /** The window of a sweep's step that is not the one whose figures are the trial's, from 0. */
    public static String step(int index) {
        return "step-" + (index + 1);
    }

    /** Collects intervals into the text of a log. */
    public static final class Builder {
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private final HistogramLogWriter writer = new HistogramLogWriter(text);
        private boolean begun;

        /** Adds an interval of the window that counts; its start and end times are those of the histogram. */
        public Builder add(String operationClass, Histogram interval) {
            return add(COUNTED, operationClass, interval);
        }

        /**
         * The same of any window.
         *
         * @param window {@link #COUNTED}, {@link #PACED} or a {@link #step}
         */
        public Builder add(String window, String operationClass, Histogram interval) {
            if (!begun) {
                begun = true;
                writer.outputLogFormatVersion();
                writer.outputLegend();
            }
            interval.setTag(window.isEmpty() ? operationClass : window + WINDOW_END + operationClass);
            writer.outputIntervalHistogram(interval);
            return this;
        }

        /** The log's text; empty if nothing was added. */
        public String build() {
            return text.toString(StandardCharsets.UTF_8);
        }
    }

    /**
     * All intervals of a log, summed per window and operation class. HdrHistogram's own reader skips lines that it cannot parse; here
     * such a line is an error, since its samples would be lost in silence.
     *
     * @throws ResultsException the log is missing or cannot be read
     */
    public static Map<String, Map<String, Histogram>> windows(Path log) {
        Map<String, Map<String, Histogram>> windows = new TreeMap<>();
        try (BufferedReader lines = Files.newBufferedReader(log)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != '"') {
                    add(log, number, line, windows);
                }
            }
        } catch (NoSuchFileException e) {
            throw new ResultsException(log, "is missing; restore it from a copy", e);
        } catch (IOException e) {
            throw ResultsException.unreadable(log, e);
        }
        return windows;
    }

    /** All operation classes together, with three digits if there are none. */
    public static Histogram sum(Collection<Histogram> byClass) {
        int digits = byClass.stream()
                .mapToInt(Histogram::getNumberOfSignificantValueDigits)
                .max()
                .orElse(DEFAULT_DIGITS);
        Histogram sum = new Histogram(digits);
        byClass.forEach(sum::add);
        return sum;
    }

    /** {@code Tag=class,start,length,max,histogram}, or {@code Tag=window:class,...}. */
    private static void add(Path log, int number, String line, Map<String, Map<String, Histogram>> windows) {
        int tagEnd = line.indexOf(',');
        int payload = line.lastIndexOf(',') + 1;
        if (!line.startsWith(TAG) || tagEnd < 0) {
            throw new ResultsException(log, "line " + number + " has no operation class, expected 'Tag=...'");
        }
        String tag = line.substring(TAG.length(), tagEnd);
        int windowEnd = tag.indexOf(WINDOW_END);
        String window = windowEnd < 0 ? COUNTED : tag.substring(0, windowEnd);
        try {
            EncodedHistogram.addTo(
                    windows.computeIfAbsent(window, name -> new TreeMap<>()),
                    tag.substring(windowEnd + 1),
                    Base64.getDecoder().decode(line.substring(payload)));
        } catch (DataFormatException | RuntimeException e) {
            throw new ResultsException(
                    log, "line " + number + " holds no histogram (" + e + "); it was edited or cut", e);
        }
    }
}
