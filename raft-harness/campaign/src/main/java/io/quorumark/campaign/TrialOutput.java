package io.quorumark.campaign;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a trial's JVM talks to its campaign, a line at a time over standard output:
 * {@code @progress <phase> <operations> <rate> <p99Micros>}. Any other line is the JVM's or a library's own and belongs into the trial's
 * log.
 *
 * @param phase such as {@code warm-up}
 * @param operations acknowledged so far in this phase
 * @param opsPerSecond over the last second
 * @param p99Micros over the last second
 */
public record TrialOutput(String phase, long operations, double opsPerSecond, double p99Micros) {
    private static final String PREFIX = "@progress ";

    public String toLine() {
        return String.format(Locale.ROOT, "%s%s %d %.1f %.1f", PREFIX, phase, operations, opsPerSecond, p99Micros);
    }

    /** @return null if the line is not a progress line */
    static @Nullable TrialOutput parse(String line) {
        if (!line.startsWith(PREFIX)) {
            return null;
        }
        String[] fields = line.substring(PREFIX.length()).split(" ");
        if (fields.length != 4) {
            return null;
        }
        return new TrialOutput(
                fields[0], Long.parseLong(fields[1]), Double.parseDouble(fields[2]), Double.parseDouble(fields[3]));
    }
}
