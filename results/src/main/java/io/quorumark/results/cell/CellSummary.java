package io.quorumark.results.cell;

import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.LifecyclePhase;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.MemoryLimit;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.SignedRank;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The figures of one cell over its valid trials. Safe for use by several threads; remembers what it was asked for. */
public final class CellSummary {
    private final Cell cell;
    private final List<Trial> trials;
    private final List<Trial> valid;
    /** Every document asks for all of them again, and each takes a sort of all trials. */
    private final Map<Asked, Optional<Interval>> intervals = new ConcurrentHashMap<>();

    private @Nullable Boolean timesLifecycle;

    private record Asked(Metric metric, double confidence) {}

    private CellSummary(Cell cell, List<Trial> trials, List<Trial> valid) {
        this.cell = cell;
        this.trials = trials;
        this.valid = valid;
    }

    /** Of a cell and its trials, in any order. */
    public static CellSummary of(Cell cell, List<Trial> trials) {
        return new CellSummary(
                cell,
                trials,
                trials.stream()
                        .filter(trial -> trial.outcome() == Outcome.VALID)
                        .toList());
    }

    public Cell cell() {
        return cell;
    }

    /** All that ran. */
    public List<Trial> trials() {
        return trials;
    }

    /** Those that count. */
    public List<Trial> valid() {
        return valid;
    }

    /** Whether its trials time what happens to an engine besides operations: then these are what it is about, and no rate is. */
    public boolean timesLifecycle() {
        Boolean known = timesLifecycle;
        if (known == null) {
            // whoever comes second finds out the same
            known = valid.stream()
                    .flatMap(trial -> trial.phases().stream())
                    .anyMatch(phase -> LifecyclePhase.of(phase.name()).isPresent());
            timesLifecycle = known;
        }
        return known;
    }

    /** Centre and interval over valid trials of any figure; empty if no trial counts. */
    public Optional<Interval> over(ToDoubleFunction<Trial> figure, double confidence) {
        double[] values = valid.stream().mapToDouble(figure).toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(SignedRank.interval(values, confidence));
    }

    /**
     * Centre and interval of a metric, over the valid trials that have it; empty if none has, and for a percentile if one of them has too
     * few samples beyond it.
     */
    public Optional<Interval> of(Metric metric, double confidence) {
        return intervals.computeIfAbsent(
                new Asked(metric, confidence), asked -> computed(asked.metric(), asked.confidence()));
    }

    private Optional<Interval> computed(Metric metric, double confidence) {
        boolean everywhere = metric.unit() != Metric.Unit.MICROS
                || valid.stream().allMatch(trial -> metric.value(cell, trial).isPresent());
        return everywhere ? overThoseThatTell(trial -> metric.value(cell, trial), confidence) : Optional.empty();
    }

    /** The same over the valid trials that have it, whichever these are. */
    Optional<Interval> ofThoseThatHave(Metric metric, double confidence) {
        return overThoseThatTell(
                trial -> metric.goodness(cell, trial).isPresent() ? metric.value(cell, trial) : OptionalDouble.empty(),
                confidence);
    }

    /**
     * How throughput went over the windows of valid trials.
     *
     * @param band a fall that does not matter, such as 0.05
     */
    public CellSlope slope(double band) {
        return CellSlope.of(cell, valid, band);
    }

    /** Acknowledged operations per second; of a sweep, the highest rate that held the objective. */
    public Optional<Interval> throughputOpsPerSecond(double confidence) {
        return of(Metric.THROUGHPUT, confidence);
    }

    /** A percentile of all operations' response time in microseconds; empty if one of the trials has too few samples beyond it. */
    public Optional<Interval> percentileMicros(String percentile, double confidence) {
        boolean everywhere = valid.stream().allMatch(trial -> !Double.isNaN(percentileMicros(trial, percentile)));
        return everywhere ? over(trial -> percentileMicros(trial, percentile), confidence) : Optional.empty();
    }

    /** A cost over the valid trials that could tell it; empty if none could. */
    public Optional<Interval> cost(Cost cost, double confidence) {
        return overThoseThatTell(trial -> trial.costs().of(cost), confidence);
    }

    /**
     * Processor time per operation of threads with one of {@link Trial.Costs#ROLES}, over the valid trials that had any; empty if none
     * had.
     */
    public Optional<Interval> cpuNanosPerOperation(String role, double confidence) {
        return overThoseThatTell(
                trial -> {
                    Double nanos = trial.costs().cpuNanosPerOperation().get(role);
                    return nanos == null ? OptionalDouble.empty() : OptionalDouble.of(nanos);
                },
                confidence);
    }

    private Optional<Interval> overThoseThatTell(Function<Trial, OptionalDouble> figure, double confidence) {
        double[] values = valid.stream()
                .map(figure)
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(SignedRank.interval(values, confidence));
    }

    /**
     * A member's data on disk over its memory budget, or all members' data over the kernel's limit if the trials ran under one; to be
     * printed beside every number: below 1, reads were served from memory. Median of valid trials; empty if none counts or there is no
     * budget.
     */
    public OptionalDouble dataOverMemory(double confidence) {
        double budgetBytes = valid.stream()
                .flatMap(trial -> Stream.ofNullable(trial.costs().memoryLimit()))
                .mapToDouble(MemoryLimit::limitBytes)
                .min()
                .orElse((double) cell.cluster().members() * cell.memoryBudgetBytes());
        return over(trial -> trial.resources().diskBytes(), confidence)
                .filter(bytes -> budgetBytes > 0)
                .map(bytes -> OptionalDouble.of(bytes.estimate() / budgetBytes))
                .orElse(OptionalDouble.empty());
    }

    /** {@code NaN} if the trial does not have it. */
    private static double percentileMicros(Trial trial, String percentile) {
        Trial.Latency all = trial.latency().get(Trial.ALL_OPERATIONS);
        return all == null ? Double.NaN : all.percentileMicros().getOrDefault(percentile, Double.NaN);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CellSummary that && cell.equals(that.cell) && trials.equals(that.trials);
    }

    @Override
    public int hashCode() {
        return Objects.hash(cell, trials);
    }

    @Override
    public String toString() {
        return "cell " + cell.id() + ", valid " + valid.size() + " of " + trials.size();
    }
}
