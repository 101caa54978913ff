package io.quorumark.results.drill;

import java.util.List;
import org.apache.commons.statistics.descriptive.Median;

/**
 * One drill of a group on one engine, repeated.
 *
 * @param engine provider id of the state's engine
 * @param engineVersion of its library
 * @param logEngine provider id of the log's engine
 * @param logDurability what an acknowledged write survives
 * @param members how many voters the group began with
 * @param electionTimeoutMillis how long its followers wait before they stand for election
 * @param drill which: {@code failover}, {@code add-voter}, ...
 * @param question what was timed
 * @param millis of each round, in their order
 * @param failedWrites background writes that failed in all rounds together; -1 if none ran beside the drill
 * @param problems what should not have happened, in sentences; empty if all went well
 */
public record DrillFinding(
        String engine,
        String engineVersion,
        String logEngine,
        String logDurability,
        int members,
        long electionTimeoutMillis,
        String drill,
        String question,
        List<Double> millis,
        long failedWrites,
        List<String> problems) {
    /** No writes ran beside the drill. */
    public static final long NO_WRITES = -1;

    public DrillFinding {
        millis = List.copyOf(millis);
        problems = List.copyOf(problems);
    }

    /** The middle round. */
    public double medianMillis() {
        return Median.withDefaults()
                .evaluate(millis.stream().mapToDouble(Double::doubleValue).toArray());
    }

    public double leastMillis() {
        return millis.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    public double mostMillis() {
        return millis.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
}
