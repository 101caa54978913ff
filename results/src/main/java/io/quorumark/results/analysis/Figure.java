package io.quorumark.results.analysis;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Latency;
import io.quorumark.results.model.Trial.SeriesPoint;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.SignedRank;
import io.quorumark.results.stats.TrialWindows;
import java.util.Optional;
import java.util.OptionalDouble;

/** What cells are compared by. */
public enum Figure {
    /** Acknowledged operations per second; of a sweep, the highest rate that held the objective. */
    THROUGHPUT("throughput", "ops/s", true),
    /** 99th percentile of all operations' response time. */
    P99("p99 response time", "µs", false);

    private final String words;
    private final String unit;
    private final boolean moreIsBetter;

    Figure(String words, String unit, boolean moreIsBetter) {
        this.words = words;
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
    }

    /** What documents call it. */
    public String words() {
        return words;
    }

    /** What documents call it under a certain load. */
    public String words(Cell.Load load) {
        Cell.Sweep sweep = load.sweep();
        return this == THROUGHPUT && sweep != null ? "highest rate with " + sweep.objective() : words;
    }

    /** Of {@link #over}. */
    public String unit() {
        return unit;
    }

    /** Whether a larger value is the better one. */
    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    /** Centre and interval in {@link #unit()}, over the cell's valid trials that have the figure; empty where none has. */
    public Optional<Interval> over(CellSummary cell, double confidence) {
        double[] values = cell.valid().stream()
                .map(this::goodness)
                .flatMapToDouble(OptionalDouble::stream)
                .map(goodness -> moreIsBetter ? goodness : 1 / goodness)
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(SignedRank.interval(values, confidence));
    }

    /**
     * The figure that a verdict rests on: throughput where the engine sets the pace or a sweep looks for its limit, response time where the schedule of an open loop or of
     * a trace does: throughput is then the intended rate whichever engine serves it, and would call all of them equivalent.
     */
    public static Figure primaryOf(Cell.Load load) {
        return load.isPaced() ? P99 : THROUGHPUT;
    }

    /** A trial's value on a scale where more is better: operations per second, or 1 over microseconds; empty where the trial does not have it. */
    OptionalDouble goodness(Trial trial) {
        if (this == THROUGHPUT) {
            double rate = trial.kneeOpsPerSecond().orElse(trial.throughputOpsPerSecond());
            return rate > 0 ? OptionalDouble.of(rate) : OptionalDouble.empty();
        }
        Latency all = trial.latency().get(Trial.ALL_OPERATIONS);
        Double micros = all == null ? null : all.percentileMicros().get("99");
        return micros == null || micros <= 0 ? OptionalDouble.empty() : OptionalDouble.of(1 / micros);
    }

    /** The one-second windows that the figure is a mean of, ready to be drawn from. Neither a percentile nor a sweep's highest rate is a mean, and they have none. */
    TrialWindows windows(Trial trial) {
        boolean isMean = this == THROUGHPUT && trial.steps().isEmpty();
        return TrialWindows.of(isMean ? operationsPerWindow(trial) : new double[0]);
    }

    /** Acknowledged in each second of the measured window but the last, which may have been cut short. */
    static double[] operationsPerWindow(Trial trial) {
        return trial.series().stream()
                .limit(Math.max(0, trial.series().size() - 1))
                .mapToDouble(SeriesPoint::operations)
                .toArray();
    }
}
