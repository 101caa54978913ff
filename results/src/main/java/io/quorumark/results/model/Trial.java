package io.quorumark.results.model;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One fresh JVM that ran one cell once: {@code trials/<block>-<cell>.json}, written in one rename when the trial has ended, whichever
 * way. The histograms of its windows lie
 * beside it in {@code trials/<block>-<cell>.hlog}, one tagged interval per second and operation class.
 *
 * @param formatVersion {@link Campaign#FORMAT_VERSION}
 * @param campaignId whose trial it is
 * @param cellId which cell
 * @param block 0-based
 * @param position 0-based place within its block
 * @param startedAt when its JVM was started
 * @param outcome how it ended
 * @param reasons why it is not {@link Outcome#VALID}, in sentences; empty if it is
 * @param phases how long each phase took
 * @param throughputOpsPerSecond acknowledged operations per second of the measured window, or 0 if nothing was measured
 * @param operations acknowledged in the measured window
 * @param errors operations that failed in the measured window
 * @param latency by operation class ({@code read}, {@code update}, ...); {@code all} is their sum
 * @param series one point a second of the measured window
 * @param steps of a sweep, in the order they were made; empty for all other loads. Throughput, operations, latency, series and
 *     resources of a sweep's trial are those of the
 *     step at the highest rate that held the objective
 * @param canary what this machine could do just before
 * @param timekeeping how well the window kept to the clock
 * @param resources what the trial used
 * @param costs what the measured window cost beyond time
 * @param replication where the time of replicated writes went, and how far followers were behind
 * @param verification the proof that the work was done, and was the same
 * @param effectiveOptions of the engine, read back
 * @param engineStats what the engine said of itself at the end, name (with unit) to value
 * @param events leader changes, snapshots, collections, in order of time
 * @param readMisses how many operations found nothing under their key; null if nothing was measured, and in older results
 * @param jvm what the trial's JVM says it was started with; null if it never said so, and in older results
 * @param stalls the longest response times of the window and what coincided with them, the longest first; null if nobody looked
 * @param paced the window at a set rate that followed; null if there was none, and in older results
 */
public record Trial(
        int formatVersion,
        String campaignId,
        String cellId,
        int block,
        int position,
        Instant startedAt,
        Outcome outcome,
        List<String> reasons,
        List<Phase> phases,
        double throughputOpsPerSecond,
        long operations,
        long errors,
        Map<String, Latency> latency,
        List<SeriesPoint> series,
        List<RateStep> steps,
        Canary canary,
        Timekeeping timekeeping,
        Resources resources,
        Costs costs,
        Replication replication,
        @JsonSetter(nulls = Nulls.SET) @Nullable Verification verification,
        Map<String, String> effectiveOptions,
        Map<String, Double> engineStats,
        List<Event> events,
        @AddedLater @Nullable ReadMisses readMisses,
        @AddedLater @Nullable StartedJvm jvm,
        @AddedLater @Nullable List<Stall> stalls,
        @AddedLater @Nullable PacedWindow paced) {

    /** The operation class that sums all others. */
    public static final String ALL_OPERATIONS = "all";

    /** A percentile with fewer samples beyond it is not printed. */
    public static final int SAMPLES_BEYOND_PERCENTILE = 100;

    public Trial {
        reasons = List.copyOf(reasons);
        phases = List.copyOf(phases);
        latency = NumberedKeys.copyOf(latency);
        series = List.copyOf(series);
        steps = List.copyOf(steps);
        effectiveOptions = NumberedKeys.copyOf(effectiveOptions);
        engineStats = NumberedKeys.copyOf(engineStats);
        events = List.copyOf(events);
        stalls = stalls == null ? null : List.copyOf(stalls);
    }

    /** A trial that has nothing of what was added to results later. */
    public Trial(
            int formatVersion,
            String campaignId,
            String cellId,
            int block,
            int position,
            Instant startedAt,
            Outcome outcome,
            List<String> reasons,
            List<Phase> phases,
            double throughputOpsPerSecond,
            long operations,
            long errors,
            Map<String, Latency> latency,
            List<SeriesPoint> series,
            List<RateStep> steps,
            Canary canary,
            Timekeeping timekeeping,
            Resources resources,
            Costs costs,
            Replication replication,
            @Nullable Verification verification,
            Map<String, String> effectiveOptions,
            Map<String, Double> engineStats,
            List<Event> events) {
        this(
                formatVersion,
                campaignId,
                cellId,
                block,
                position,
                startedAt,
                outcome,
                reasons,
                phases,
                throughputOpsPerSecond,
                operations,
                errors,
                latency,
                series,
                steps,
                canary,
                timekeeping,
                resources,
                costs,
                replication,
                verification,
                effectiveOptions,
                engineStats,
                events,
                null,
                null,
                null,
                null);
    }

    /** The highest rate that held a sweep's objective; empty if none did, and for all other loads. */
    public OptionalDouble kneeOpsPerSecond() {
        return RateStep.knee(steps);
    }

    public enum Outcome {
        /** Counts. */
        VALID,
        /** Ran, but a rule that was fixed before says it does not count: generator lag, a leader change inside the window, ... */
        VOID,
        /** Digests disagree, or an acknowledged write is missing: exit code 4. */
        INCORRECT,
        /** The comparison would be unfair: exit code 5. */
        UNFAIR,
        /** The harness or the engine failed. */
        FAILED
    }

    /**
     * @param name {@code start}, {@code load}, {@code warm-up}, {@code measure}, {@code settle} or {@code verify}, or the id of a {@link
     * LifecyclePhase}
     */
    public record Phase(String name, double seconds) {}

    /**
     * Of one operation class over the measured window. A closed loop has no intended send, so that its response time is its service time.
     *
     * @param count samples
     * @param meanMicros arithmetic mean
     * @param maxMicros largest
     * @param percentileMicros percentile ({@code 50}, {@code 99.9}) to microseconds; only those with at least 100 samples beyond them
     * @param servicePercentileMicros the same from the actual send; present for open loops only
     */
    public record Latency(
            long count,
            double meanMicros,
            double maxMicros,
            Map<String, Double> percentileMicros,
            @JsonSetter(nulls = Nulls.SET) @Nullable Map<String, Double> servicePercentileMicros) {

        public Latency {
            percentileMicros = NumberedKeys.copyOf(percentileMicros);
            servicePercentileMicros =
                    servicePercentileMicros == null ? null : NumberedKeys.copyOf(servicePercentileMicros);
        }
    }

    /**
     * One rate of a sweep.
     *
     * @param rateOpsPerSecond asked for
     * @param reachedOpsPerSecond acknowledged
     * @param samples response times
     * @param objectiveMicros response time at the objective's percentile
     * @param percentileMicros of them, as in {@link Latency}
     * @param finding how it went
     */
    public record RateStep(
            double rateOpsPerSecond,
            double reachedOpsPerSecond,
            long samples,
            double objectiveMicros,
            Map<String, Double> percentileMicros,
            StepFinding finding) {

        public RateStep {
            percentileMicros = NumberedKeys.copyOf(percentileMicros);
        }

        /** The highest rate that held the objective, in operations per second; empty if none did. */
        public static OptionalDouble knee(List<RateStep> steps) {
            return steps.stream()
                    .filter(RateStep::held)
                    .mapToDouble(RateStep::rateOpsPerSecond)
                    .max();
        }

        /** Whether the objective held at this rate. */
        public boolean held() {
            return finding == StepFinding.HELD;
        }
    }

    /**
     * An open loop after a closed one's window.
     *
     * @param rateOpsPerSecond asked for
     * @param reachedOpsPerSecond acknowledged
     * @param samples response times
     * @param percentileMicros of them, as in {@link Latency}
     * @param unsentOperations that were due and never sent
     * @param lagShare of the 99th percentile, that the load generator's own lag explains
     */
    public record PacedWindow(
            double rateOpsPerSecond,
            double reachedOpsPerSecond,
            long samples,
            Map<String, Double> percentileMicros,
            long unsentOperations,
            double lagShare) {
        /** The percentile that a paced load is judged by. */
        public static final double JUDGED_PERCENTILE = 99;

        /** If the generator's own lag explains more of the judged percentile than this, the percentile is the generator's. */
        public static final double MAX_LAG_SHARE = 0.5;

        public PacedWindow {
            percentileMicros = NumberedKeys.copyOf(percentileMicros);
        }

        /** Whether response times are the target's: the rate was kept, and the generator was not what was late. */
        public boolean counts() {
            return keptRate() && !generatorWasLate();
        }

        /** Whether all that was due was sent. */
        public boolean keptRate() {
            return unsentOperations == 0;
        }

        /** Whether response times are the load generator's own lag rather than the target's. */
        public boolean generatorWasLate() {
            return lagShare > MAX_LAG_SHARE;
        }
    }

    /** How one rate of a sweep went. */
    public enum StepFinding {
        /** The rate was reached, and response times kept to the objective. */
        HELD,
        /** The rate was reached, and response times did not keep to the objective. */
        MISSED,
        /** Less was acknowledged than asked for, so that what came through says little. */
        OVERLOADED,
        /** There were too few samples to tell. */
        TOO_FEW
    }

    /**
     * Reads that found something, and those that did not.
     *
     * @param operations that were answered, warm-up and drain included
     * @param missed of them: reads of a key that was not there, those inside a read-modify-write included
     * @param mayMiss whether the workload means them to
     */
    public record ReadMisses(long operations, long missed, boolean mayMiss) {
        /** Missed reads by operations; 0 if there were none. */
        public double missedShare() {
            return operations == 0 ? 0 : (double) missed / operations;
        }
    }

    /**
     * What a JVM says of its own start, whatever its command line was meant to be.
     *
     * @param arguments as it was given them, in order, with repeats; folders that are the trial's own left out
     * @param changedFlags {@code -XX} flags whose value is not the JVM's own default: name to value with its origin, such as {@code
     *     true (command line)}
     */
    public record StartedJvm(List<String> arguments, Map<String, String> changedFlags) {
        public StartedJvm {
            arguments = List.copyOf(arguments);
            changedFlags = NumberedKeys.copyOf(changedFlags);
        }
    }

    /**
     * @param second 0-based, of the measured window
     * @param operations acknowledged in it
     * @param errors failed in it
     * @param p50Micros median response time
     * @param p99Micros 99th percentile
     * @param maxMicros largest
     */
    public record SeriesPoint(
            int second, long operations, long errors, double p50Micros, double p99Micros, double maxMicros) {}

    /**
     * What the machine could do just before the trial: small fixed pieces of work, to see a neighbour's noise.
     *
     * @param cpuSpinMillis a fixed number of dependent multiplications
     * @param syncMicros median of appending 4 KiB and forcing it to the device
     * @param memoryCopyMillis copying a fixed block
     * @param stealRatio share of processor time taken by other guests since the last canary
     */
    public record Canary(double cpuSpinMillis, double syncMicros, double memoryCopyMillis, double stealRatio) {}

    /**
     * How well the measured window kept to the clock. A stall is a time of 0.1 ms or more in which a thread that was to run did not:
     * because of the machine, its hypervisor,
     * other processes or the JVM.
     *
     * @param lagP50Micros how late the load generator itself was, from when an operation was due and a client free to its send: the
     *     median; 0 for a closed loop, as all lags
     * @param lagP99Micros its 99th percentile
     * @param lagP999Micros its 99.9th percentile
     * @param lagMaxMicros its maximum
     * @param stalls of a thread that does nothing but wake up every millisecond
     * @param stalledMillis those together
     * @param longestStallMillis the longest of them, or a shorter delay if there was none
     * @param loadStalls of the thread that keeps an open loop's schedule, which are part of the lag too
     * @param loadStalledMillis those together
     * @param parts what response times of a paced load are made of beside lag; null for a closed loop, and in older results
     */
    public record Timekeeping(
            double lagP50Micros,
            double lagP99Micros,
            double lagP999Micros,
            double lagMaxMicros,
            long stalls,
            double stalledMillis,
            double longestStallMillis,
            long loadStalls,
            double loadStalledMillis,
            @AddedLater @Nullable ResponseParts parts) {
        /** Without what was added to results later. */
        public Timekeeping(
                double lagP50Micros,
                double lagP99Micros,
                double lagP999Micros,
                double lagMaxMicros,
                long stalls,
                double stalledMillis,
                double longestStallMillis,
                long loadStalls,
                double loadStalledMillis) {
            this(
                    lagP50Micros,
                    lagP99Micros,
                    lagP999Micros,
                    lagMaxMicros,
                    stalls,
                    stalledMillis,
                    longestStallMillis,
                    loadStalls,
                    loadStalledMillis,
                    null);
        }

        /** Of a trial that measured nothing. */
        public static Timekeeping none() {
            return new Timekeeping(0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
    }

    /**
     * What the trial's process used during the measured window, unless said otherwise. What the JVMs of members in other processes
     * allocated, collected and compiled is added; so are processor time, written bytes and memory if these run on the same machine.
     *
     * @param cpuNanosPerOperation processor time of all its threads per acknowledged operation
     * @param allocatedBytesPerOperation Java heap, all threads
     * @param writtenBytes handed to the block layer
     * @param diskBytes allocated blocks of all members' folders at the end of the trial
     * @param peakRssBytes of the whole trial
     * @param pssBytes at the window's end: resident memory, with shared pages divided among those who share them
     * @param pageCacheGrowthBytes by how much the machine's page cache grew from the process's start to the window's end; others on
     *     the machine count too, and it may shrink
     * @param gcMillis time in stop-the-world collections
     * @param gcCount collections
     * @param compilationMillis time spent by the JIT compiler
     */
    public record Resources(
            double cpuNanosPerOperation,
            double allocatedBytesPerOperation,
            long writtenBytes,
            long diskBytes,
            long peakRssBytes,
            long pssBytes,
            long pageCacheGrowthBytes,
            long gcMillis,
            long gcCount,
            long compilationMillis) {
        /** Of a trial that measured nothing. */
        public static Resources none() {
            return new Resources(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
    }

    /**
     * What the measured window cost beyond time. Holds what could be told and nothing else: a figure that nobody could read is absent,
     * not 0.
     *
     * @param figures by {@link Cost#id()}
     * @param cpuNanosPerOperation processor time per acknowledged operation, by what the threads are for: one of {@link #ROLES}
     * @param memoryLimit that the trial's process ran under
     */
    public record Costs(
            Map<String, Double> figures,
            Map<String, Double> cpuNanosPerOperation,
            @JsonSetter(nulls = Nulls.SET) @Nullable MemoryLimit memoryLimit) {

        /**
         * {@code client} drives the load, {@code engine} works in an engine's background, {@code jvm} collects and compiles, {@code ended}
         * is of threads that were gone before they could be asked.
         */
        public static final List<String> ROLES =
                List.of("client", "raft", "log", "apply", "engine", "jvm", "other", "ended");

        public Costs {
            figures = NumberedKeys.copyOf(figures);
            cpuNanosPerOperation = NumberedKeys.copyOf(cpuNanosPerOperation);
        }

        /** Of a trial that could not be measured. */
        public static Costs unknown() {
            return new Costs(Map.of(), Map.of(), null);
        }

        /** A figure, if it could be told. */
        public OptionalDouble of(Cost cost) {
            Double value = figures.get(cost.id());
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
    }

    /**
     * The control group that held the trial's process, read back from the kernel.
     *
     * @param group its path below the mount of the control groups
     * @param limitBytes of its memory: page cache counts as well
     * @param peakBytes the most that it has used, or 0 if the kernel does not tell
     */
    public record MemoryLimit(String group, long limitBytes, long peakBytes) {}

    /**
     * What a Raft group adds to an engine. Nothing, if no group was measured.
     *
     * @param writeStages of timed writes of the measured window, on the leader: stage ({@code queue}, {@code log-append}, {@code
     *     log-sync}, {@code replicate}, {@code apply},
     *     {@code reply}) to its time. The stages of one write add up to its service time, so that their means add up to the mean
     * @param lagEntries by member: for each second of the window, by how many entries it had applied less than the furthest member, at most
     */
    public record Replication(Map<String, Latency> writeStages, Map<String, List<Long>> lagEntries) {
        /** The stages in their order. */
        public static final List<String> STAGES =
                List.of("queue", "log-append", "log-sync", "replicate", "apply", "reply");

        public Replication {
            writeStages = NumberedKeys.copyOf(writeStages);
            lagEntries = NumberedKeys.copyOf(lagEntries);
        }

        /** Of a trial without a group. */
        public static Replication none() {
            return new Replication(Map.of(), Map.of());
        }
    }

    /**
     * @param operationsInStream how many operations of the stream were issued, load and warm-up included
     * @param streamDigests digest of the stream's prefixes, by prefix length; two trials did the same work if their longest common prefix
     *     agrees
     * @param expectedContentDigest of the content that a plain sorted map holds after the same stream
     * @param replicaDigests member to digest of its content, by an ordered scan
     * @param records in each replica
     * @param wantedCompression deflated length divided by length of values, as the workload wants it
     * @param storedCompression the same of the values that the replicas hold; 0 if there are too few to tell
     */
    public record Verification(
            long operationsInStream,
            Map<String, String> streamDigests,
            String expectedContentDigest,
            Map<String, String> replicaDigests,
            long records,
            double wantedCompression,
            double storedCompression) {

        public Verification {
            streamDigests = NumberedKeys.copyOf(streamDigests);
            replicaDigests = NumberedKeys.copyOf(replicaDigests);
        }
    }

    /**
     * @param atSeconds from the beginning of the measured window; negative before it
     * @param kind what happened: {@link #LEADER_CHANGE}, {@link #GENERATOR_LAG}, {@link #TURNS}, {@code snapshot}, {@code gc}, ...
     * @param detail in words
     */
    public record Event(double atSeconds, String kind, String detail) {
        /** Another member leads, or the same one in another term. */
        public static final String LEADER_CHANGE = "leader-change";

        /** The load generator was itself late by more than the plan allows. */
        public static final String GENERATOR_LAG = "generator-lag";

        /** The trial took turns with its counterpart in another campaign, a fraction of a second each. */
        public static final String TURNS = "turns";
    }
}
