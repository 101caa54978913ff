package io.quorumark.results.metric;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.LifecyclePhase;
import io.quorumark.results.model.Trial;
import io.quorumark.results.stats.TrialWindows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * What cells are described and compared by: the one catalogue. Whoever adds an entry has added it to tables, ratios, verdicts, gates,
 * histories, decision drivers, JSON and {@code quorumark list metrics}. The order is that of tables.
 */
public enum Metric {
    THROUGHPUT(
            "throughput",
            "Throughput",
            "throughput",
            "ops/s",
            Unit.OPERATIONS_PER_SECOND,
            Better.MORE,
            Place.COLUMN,
            Loads.WITHOUT_SCHEDULE,
            "the measured window of a trial",
            "acknowledged operations per second; of a sweep, the highest rate that held the objective",
            (cell, trial) -> OptionalDouble.of(trial.kneeOpsPerSecond().orElse(trial.throughputOpsPerSecond()))),
    P50("50", "p50"),
    P99("99", "p99"),
    P999("99.9", "p99.9"),
    CPU(
            "cpu",
            "CPU/op",
            "processor time per operation",
            "all threads",
            Unit.NANOS,
            Better.LESS,
            Place.COLUMN,
            Loads.ALL,
            "the measured window of a trial",
            "processor time of all members per acknowledged operation",
            (cell, trial) -> OptionalDouble.of(trial.resources().cpuNanosPerOperation())),
    WRITES(
            "writes",
            "Written/op",
            "bytes written per operation",
            "to the block layer",
            Unit.BYTES,
            Better.LESS,
            Place.COLUMN,
            Loads.ALL,
            "the measured window of a trial",
            "bytes handed to the block layer per acknowledged operation",
            (cell, trial) ->
                    OptionalDouble.of((double) trial.resources().writtenBytes() / Math.max(1, trial.operations()))),
    DISK(
            "disk",
            "Disk",
            "disk space",
            "all members",
            Unit.BYTES,
            Better.LESS,
            Place.COLUMN,
            Loads.ALL,
            "the end of a trial",
            "allocated blocks of all members at the end of a trial",
            (cell, trial) -> OptionalDouble.of((double) trial.resources().diskBytes())),
    MEMORY(
            "memory",
            "Memory",
            "resident memory",
            "all members",
            Unit.BYTES,
            Better.LESS,
            Place.ELSEWHERE,
            Loads.ALL,
            "the end of the measured window of a trial",
            "resident memory of all members, shared pages divided among those who share them (PSS)",
            (cell, trial) -> OptionalDouble.of((double) trial.resources().pssBytes())),
    SETTLED_RATE(
            "settled-rate",
            "Settled rate",
            "settled rate",
            "ops/s",
            Unit.OPERATIONS_PER_SECOND,
            Better.MORE,
            Place.ELSEWHERE,
            Loads.CLOSED,
            "the measured window of a trial and the settling after it",
            "acknowledged operations over the window and the settling after it",
            (cell, trial) -> trial.costs().of(Cost.SETTLED_OPERATIONS_PER_SECOND)),
    PACED_P99(
            "paced-p99",
            "p99 at a rate",
            "p99 response time at a set rate",
            "open loop",
            Unit.MICROS,
            Better.LESS,
            Place.ELSEWHERE,
            Loads.FOLLOWED_BY_A_SET_RATE,
            "all operations of the window at a set rate that follows a closed loop's",
            "99th percentile of the response time, from when each operation was due",
            (cell, trial) -> pacedP99(trial)),
    COLD_START(LifecyclePhase.COLD_START),
    LUKEWARM_START(LifecyclePhase.LUKEWARM_START),
    RECOVERY(LifecyclePhase.RECOVERY),
    CHECKPOINT(LifecyclePhase.CHECKPOINT),
    RESTORE(LifecyclePhase.RESTORE),
    COMPACTION(LifecyclePhase.COMPACTION),
    SNAPSHOT(LifecyclePhase.SNAPSHOT),
    INSTALL(LifecyclePhase.INSTALL),
    RESTART(LifecyclePhase.RESTART),
    DATA_OVER_MEMORY(
            "data-over-memory",
            "Data/memory",
            "data over memory",
            "budget, or limit",
            Unit.RATIO,
            Better.NEITHER,
            Place.ELSEWHERE,
            Loads.ALL,
            "the end of a trial",
            "all members' data on disk over their memory budgets, or over the kernel's limit if trials ran under one",
            Metric::dataOverMemory);

    /** What values are counted in. */
    public enum Unit {
        OPERATIONS_PER_SECOND("ops/s"),
        MICROS("µs"),
        NANOS("ns"),
        SECONDS("s"),
        BYTES("bytes"),
        RATIO("ratio");

        private final String symbol;

        Unit(String symbol) {
            this.symbol = symbol;
        }

        /** As documents and files write it. */
        public String symbol() {
            return symbol;
        }
    }

    private enum Better {
        MORE,
        LESS,
        /** It describes a cell, and no value of it is better than another. */
        NEITHER
    }

    private enum Place {
        /** A column in tables of all cells. */
        COLUMN,
        /** Tables of its own, or beside a cell's name: a page of paper is as wide as the columns that there are. */
        ELSEWHERE
    }

    /** The loads that say something of it. */
    private enum Loads {
        ALL(load -> true),
        /** A schedule sets the rate, whichever engine serves it. */
        WITHOUT_SCHEDULE(load -> !load.isPaced()),
        /** A sweep takes every engine to a rate of its own, at which response times tell nothing of the others'. */
        OF_EQUAL_RATES(load -> !load.isSweep()),
        CLOSED(Cell.Load::isClosed),
        FOLLOWED_BY_A_SET_RATE(load -> load.paced() != null);

        @SuppressWarnings("ImmutableEnumChecker") // always a function without state
        private final Predicate<Cell.Load> holds;

        Loads(Predicate<Cell.Load> holds) {
            this.holds = holds;
        }
    }

    @FunctionalInterface
    private interface Value {
        OptionalDouble of(Cell cell, Trial trial);
    }

    private final String id;
    private final String title;
    private final String words;
    private final String note;
    private final Unit unit;
    private final Better better;
    private final Place place;
    private final Loads loads;
    private final String samples;
    private final String definition;

    @SuppressWarnings("ImmutableEnumChecker") // always a function without state
    private final Value value;

    Metric(
            String id,
            String title,
            String words,
            String note,
            Unit unit,
            Better better,
            Place place,
            Loads loads,
            String samples,
            String definition,
            Value value) {
        this.id = id;
        this.title = title;
        this.words = words;
        this.note = note;
        this.unit = unit;
        this.better = better;
        this.place = place;
        this.loads = loads;
        this.samples = samples;
        this.definition = definition;
        this.value = value;
    }

    /** A percentile of all operations' response time. */
    Metric(String percentile, String name) {
        this(
                name,
                name,
                name + " response time",
                "response time",
                Unit.MICROS,
                Better.LESS,
                Place.COLUMN,
                Loads.OF_EQUAL_RATES,
                "all operations of the measured window, with at least 100 beyond the percentile",
                "percentile " + percentile + " of the response time of all operations",
                (cell, trial) -> {
                    Trial.Latency all = trial.latency().get(Trial.ALL_OPERATIONS);
                    Double micros = all == null ? null : all.percentileMicros().get(percentile);
                    return micros == null ? OptionalDouble.empty() : OptionalDouble.of(micros);
                });
    }

    /** How long a phase of an engine's or a group's life took. */
    Metric(LifecyclePhase phase) {
        this(
                phase.id(),
                phase.id(),
                phase.id() + " time",
                "duration",
                Unit.SECONDS,
                Better.LESS,
                Place.ELSEWHERE,
                Loads.ALL,
                "the phase, once a trial, after the operations",
                phase.question(),
                (cell, trial) -> trial.phases().stream()
                        .filter(each -> each.name().equals(phase.id()))
                        .mapToDouble(Trial.Phase::seconds)
                        .findFirst());
    }

    /** Lower-case words joined by hyphens: in weights files, JSON and CSV. */
    public String id() {
        return id;
    }

    /** Head of a column. */
    public String title() {
        return title;
    }

    /** What documents call it within a sentence. */
    public String words() {
        return words;
    }

    /** What documents call it under a certain load. */
    public String words(Cell.Load load) {
        Cell.Sweep sweep = load.sweep();
        return this == THROUGHPUT && sweep != null ? "highest rate with " + sweep.objective() : words;
    }

    /** Stands below the head of a column. */
    public String note() {
        return note;
    }

    public Unit unit() {
        return unit;
    }

    /** Whether a larger value is the better one; not of a metric that is not judged. */
    public boolean moreIsBetter() {
        return better == Better.MORE;
    }

    /** Whether cells can be compared by it, with a ratio, an interval and a verdict. */
    public boolean isJudged() {
        return better != Better.NEITHER;
    }

    /** Which samples a trial's value comes from. */
    public String samples() {
        return samples;
    }

    /** One sentence, without its full stop. */
    public String definition() {
        return definition;
    }

    /** A trial's value; empty if the trial does not have it. */
    public OptionalDouble value(Cell cell, Trial trial) {
        return value.of(cell, trial);
    }

    /**
     * A trial's value on a scale on which more is better, above 0; empty if the trial does not have it, or has 0, of which no ratio can be
     * taken.
     */
    public OptionalDouble goodness(Cell cell, Trial trial) {
        OptionalDouble measured = value(cell, trial);
        if (measured.isEmpty() || !(measured.getAsDouble() > 0)) {
            return OptionalDouble.empty();
        }
        return moreIsBetter() ? measured : OptionalDouble.of(1 / measured.getAsDouble());
    }

    /**
     * The one-second windows that the value is a mean of, ready to be drawn from. Neither a percentile nor a sweep's highest rate is a
     * mean, and they have none.
     */
    public TrialWindows windows(Trial trial) {
        boolean isMean = this == THROUGHPUT && trial.steps().isEmpty();
        return TrialWindows.of(isMean ? operationsPerWindow(trial) : new double[0]);
    }

    /** Acknowledged in each second of the measured window but the last, which may have been cut short. */
    public static double[] operationsPerWindow(Trial trial) {
        return operationsPerWindow(trial.series());
    }

    /** The same of a trial that is not stored yet. */
    public static double[] operationsPerWindow(List<Trial.SeriesPoint> series) {
        return series.stream()
                .limit(Math.max(0, series.size() - 1))
                .mapToDouble(Trial.SeriesPoint::operations)
                .toArray();
    }

    /**
     * Whether a cell is about this metric, so that a decision may rest on it. A lifecycle is about its durations and what is left on disk
     * and in memory, and not about the load before them.
     *
     * @param timesLifecycle whether the cell's trials time phases of an engine's life
     */
    public boolean isAbout(Cell.Load load, boolean timesLifecycle) {
        if (unit == Unit.SECONDS || timesLifecycle) {
            return timesLifecycle && (unit == Unit.SECONDS || this == DISK || this == MEMORY);
        }
        return loads.holds.test(load);
    }

    /**
     * The metric that a verdict rests on: throughput if the engine sets the pace or a sweep looks for its limit, response time if the
     * schedule of an open loop or of a trace does: throughput is then the intended rate whichever engine serves it, and would call all of
     * them equivalent.
     */
    public static Metric primaryOf(Cell.Load load) {
        return load.isPaced() ? P99 : THROUGHPUT;
    }

    /**
     * Whether a verdict may rest on this metric: on a duration, or on the primary metric of the load; not on what stands in for that if it
     * has too few samples.
     */
    public boolean decides(Cell.Load load) {
        return unit == Unit.SECONDS || this == primaryOf(load);
    }

    /** Those that cells can be compared by. */
    public static List<Metric> judged() {
        return Arrays.stream(values()).filter(Metric::isJudged).toList();
    }

    /** Those with a column in tables of all cells. */
    public static List<Metric> columns() {
        return Arrays.stream(values())
                .filter(metric -> metric.place == Place.COLUMN)
                .toList();
    }

    public static Optional<Metric> of(String id) {
        return Arrays.stream(values()).filter(metric -> metric.id.equals(id)).findFirst();
    }

    private static OptionalDouble pacedP99(Trial trial) {
        Trial.PacedWindow paced = trial.paced();
        Double micros = paced == null || !paced.counts()
                ? null
                : paced.percentileMicros().get("99");
        return micros == null ? OptionalDouble.empty() : OptionalDouble.of(micros);
    }

    /**
     * By constant, as histories store it, or by id.
     *
     * @throws IllegalArgumentException it is neither
     */
    @JsonCreator
    static Metric stored(String name) {
        return of(name).or(() -> Arrays.stream(values())
                        .filter(metric -> metric.name().equals(name))
                        .findFirst())
                .orElseThrow(() -> unknown(name));
    }

    /** @throws IllegalArgumentException no metric has this id */
    public static Metric require(String id) {
        return of(id).orElseThrow(() -> unknown(id));
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("metric is '" + name + "', expected one of "
                + Arrays.stream(values()).map(Metric::id).toList());
    }

    private static OptionalDouble dataOverMemory(Cell cell, Trial trial) {
        Trial.MemoryLimit limit = trial.costs().memoryLimit();
        double bytes =
                limit == null ? (double) cell.cluster().members() * cell.memoryBudgetBytes() : limit.limitBytes();
        return bytes > 0 ? OptionalDouble.of(trial.resources().diskBytes() / bytes) : OptionalDouble.empty();
    }
}
