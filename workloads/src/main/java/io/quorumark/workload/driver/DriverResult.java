package io.quorumark.workload.driver;

import io.quorumark.workload.Outcome;
import io.quorumark.workload.Unacknowledged;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run did and how long its operations took.
 *
 * <p>Latencies are those of every operation that completed from the mark on, the drain included: an operation that was sent inside the
 * window and answered late is not lost from the percentiles. Throughput counts only what was acknowledged inside the window. Hence the
 * count of {@code all} is {@link #operations()} + failures in the window + the drain.
 *
 * @param firstOperation the stream's position when the run began
 * @param streamPosition the stream's position when it ended: operations issued in the stream in total
 * @param issued operations issued by this run, warm-up included: {@code streamPosition - firstOperation}
 * @param outcomes of every operation this run issued, warm-up and drain included; their sum is {@code issued}
 * @param warmUpSeconds from the first send to the mark
 * @param windowSeconds length of the measured window
 * @param operations acknowledged inside the window: completed, and neither {@code REFUSED} nor {@code FAILED}
 * @param errors completed inside the window as {@code REFUSED}, {@code FAILED} or {@code CONFLICT} (no stream issues a compare-and-set that
 * should conflict)
 * @param drainedOperations completed after the window
 * @param drainSeconds from the window's end to the last completion
 * @param unsentOperations due inside an open loop's window and never sent, because no client was free: an overloaded target
 * @param clampedSamples latencies above {@link Latencies#HIGHEST_NANOS}
 * @param latencies by operation class, and {@link #ALL_OPERATIONS} for their sum
 * @param intervals one per second, then the drain if there was one
 * @param generatorLag of an open loop
 * @param parts of response times; empty for a closed loop, whose response time is its service time
 * @param slowest the longest response times of the window, told apart
 * @param warmUpEnd why the warm-up was over
 * @param pauses of the machine, during the measured window
 * @param unacknowledged which operations this run issued were refused or had no answer, warm-up and drain included
 * @param firstFailure what the first failed operation was about
 * @param stoppedEarly why issuing ended before its bound
 */
public record DriverResult(
        long firstOperation,
        long streamPosition,
        long issued,
        Map<Outcome, Long> outcomes,
        double warmUpSeconds,
        double windowSeconds,
        long operations,
        long errors,
        long drainedOperations,
        double drainSeconds,
        long unsentOperations,
        long clampedSamples,
        Map<String, Latencies> latencies,
        List<ReportingInterval> intervals,
        GeneratorLag generatorLag,
        Optional<ResponseParts> parts,
        SlowestOperations slowest,
        WarmUpEnd warmUpEnd,
        Pauses pauses,
        Unacknowledged unacknowledged,
        Optional<String> firstFailure,
        Optional<String> stoppedEarly) {

    /** The operation class that sums all others. */
    public static final String ALL_OPERATIONS = "all";

    public DriverResult {
        outcomes = Map.copyOf(outcomes);
        latencies = Map.copyOf(latencies);
        intervals = List.copyOf(intervals);
    }

    /** The latencies of all operations together; without samples if nothing was measured. */
    public Latencies all() {
        return Objects.requireNonNull(latencies.get(ALL_OPERATIONS));
    }

    /** Acknowledged operations per second of the measured window; 0 if it has no length. */
    public double throughputOpsPerSecond() {
        return windowSeconds > 0 ? operations / windowSeconds : 0;
    }
}
