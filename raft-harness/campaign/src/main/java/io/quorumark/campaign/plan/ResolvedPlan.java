package io.quorumark.campaign.plan;

import io.quorumark.campaign.support.UsageError;
import io.quorumark.engine.Durability;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.TargetKind;
import io.quorumark.workload.driver.LatencyObjective;
import io.quorumark.workload.spec.RoundedNumbers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A plan with every default filled in: what is stored with the results, and what runs. Written as YAML, it is a plan again.
 *
 * @param enginePath absolute paths of jars of engines that are not part of the program; empty for none
 * @param records of all workloads; null if a workload file has its own number and workloads that come with the program have the
 *     profile's
 */
public record ResolvedPlan(
        String profile,
        long seed,
        List<String> engines,
        List<String> enginePath,
        String reference,
        Map<String, Map<String, String>> engineOptions,
        List<String> workloads,
        @Nullable Long records,
        Cluster cluster,
        ResolvedRaft raft,
        Load load,
        Trials trials,
        Jvm jvm) {

    static final double DEFAULT_MAX_HALF_WIDTH = 0.03;
    private static final double DEFAULT_FACTOR = 1.4;
    private static final double DEFAULT_PRECISION = 0.05;
    private static final int DEFAULT_MAX_STEPS = 30;
    private static final double DEFAULT_MAX_SECONDS = 90;

    /** Sweeps have all of a trial's time but what start, load and verification take. */
    private static final double SWEEP_SHARE = 0.6;

    /** Besides the warm-up: for the closed loop and a few short steps. */
    private static final double LEAST_SWEEP_SECONDS = 10;

    /** A first rate that is found by a closed loop. */
    private static final double PROBED = 0;

    private static final double LEAST_RATE = 0.01;
    private static final double LEAST_SPEED = 1e-4;
    private static final double NOT_SLOWED = 0;

    public record Cluster(
            TargetKind target,
            Members members,
            @Nullable TlsConfig tls,
            @Nullable String passwordFile,
            String transport,
            Durability durability,
            String reads,
            int memoryBudgetMiB,
            int backgroundThreads) {}

    public record Load(
            String kind,
            int clients,
            double rateOpsPerSecond,
            Cell.Arrivals arrivals,
            Cell.@Nullable Sweep sweep,
            double speed,
            String pacing,
            double warmUpSeconds,
            int steadySeconds,
            double measureSeconds,
            long measureOperations,
            Cell.Paced paced) {
        private static final Cell.Paced NOT_PACED = new Cell.Paced(0, 0);
        private static final @Nullable Double NO_STOPS = null;

        /** As stored with a cell that loads so many records. */
        public Cell.Load ofCell(long records) {
            return new Cell.Load(
                    kind,
                    clients,
                    rateOpsPerSecond,
                    arrivals,
                    sweep,
                    speed,
                    pacing,
                    NOT_SLOWED,
                    records,
                    warmUpSeconds,
                    steadySeconds,
                    measureSeconds,
                    measureOperations,
                    paced.equals(NOT_PACED) ? null : paced,
                    NO_STOPS);
        }

        /** How many windows a trial has at the most. */
        public int maxSteps() {
            return sweep == null ? 1 : sweep.maxSteps();
        }
    }

    public record Trials(
            int blocks,
            int maxBlocks,
            double maxHalfWidth,
            boolean aaArm,
            double slowdownArm,
            double slowdownStopMillis,
            double equivalenceBand,
            double confidence,
            boolean supportsVerdicts,
            int ceilingBlocks,
            int timeoutSeconds,
            int memoryLimitMiB,
            double maxStealRatio,
            double maxOthersShare,
            double maxCanaryDeviation) {

        /** What the kernel holds each trial's process to, page cache included; 0 for nothing. */
        public long memoryLimitBytes() {
            return (long) memoryLimitMiB << 20;
        }
    }

    public record Jvm(int heapMiB, List<String> flags) {}

    /**
     * @param plan as written, laid over its profile
     * @param source how the plan is called in messages
     * @param sources of its values
     * @throws UsageError a value is missing, or two values contradict each other
     */
    static ResolvedPlan of(Plan plan, String profile, String source, PlanSources sources) {
        Need need = new Need(source, sources);
        Plan.ClusterPlan cluster = need.of("cluster", plan.cluster());
        Plan.LoadPlan load = need.of("load", plan.load());
        Plan.TrialsPlan trials = need.of("trials", plan.trials());
        Plan.JvmPlan jvm = need.of("jvm", plan.jvm());
        List<String> engines = List.copyOf(need.of("engines", plan.engines()));
        String reference = plan.reference() == null ? engines.get(0) : plan.reference();
        if (!engines.contains(reference)) {
            throw need.error("reference", reference, "one of the plan's engines " + engines);
        }
        Map<String, Map<String, String>> engineOptions = plan.engineOptions() == null ? Map.of() : plan.engineOptions();
        for (String tuned : engineOptions.keySet()) {
            if (!engines.contains(tuned)) {
                throw need.error("engineOptions", tuned, "one of the plan's engines " + engines);
            }
        }
        checkMembers(need, need.of("cluster.members", cluster.members()), engines, plan);
        return new ResolvedPlan(
                profile,
                need.of("seed", plan.seed()),
                engines,
                plan.enginePath() == null ? List.of() : List.copyOf(plan.enginePath()),
                reference,
                engineOptions,
                List.copyOf(need.of("workloads", plan.workloads())),
                plan.records(),
                cluster(need, cluster),
                raft(source, plan),
                load(need, load, trials),
                trials(need, trials, load),
                new Jvm(need.of("jvm.heapMiB", jvm.heapMiB()), jvm.flags() == null ? List.of() : jvm.flags()));
    }

    private static void checkMembers(Need need, Members members, List<String> engines, Plan plan) {
        if (!members.areRemote()) {
            return;
        }
        List<String> named = members.engines();
        if (named == null ? engines.size() > 1 : !named.containsAll(engines)) {
            throw need.error(
                    "cluster.members", members, "a list of addresses for each of the plan's engines " + engines);
        }
        Plan.TrialsPlan trials = plan.trials();
        Double slowdown = trials == null ? null : trials.slowdownArm();
        if (slowdown != null && slowdown > 0) {
            throw need.error(
                    "trials.slowdownArm",
                    slowdown,
                    "none with members of other processes, which are not stopped with the driver");
        }
        Integer limit = trials == null ? null : trials.memoryLimitMiB();
        if (limit != null && limit > 0) {
            throw need.error("trials.memoryLimitMiB", limit, "nothing, as the members run on their own");
        }
        if (plan.cluster() != null && plan.cluster().target() != TargetKind.CLUSTER) {
            throw need.error("cluster.members", members, "a number, as cluster.target is not 'cluster'");
        }
    }

    /** This with its workloads called otherwise, in the same order. */
    public ResolvedPlan withWorkloads(List<String> names) {
        return Sections.with(this, "workloads", List.copyOf(names));
    }

    /** What a write of a replicated group survives once it is acknowledged: the durability of the log's commits. */
    public Durability logDurability() {
        Durability own = raft.log().durability();
        return own == null ? cluster.durability() : own;
    }

    private static Cluster cluster(Need need, Plan.ClusterPlan plan) {
        return new Cluster(
                need.of("cluster.target", plan.target()),
                need.of("cluster.members", plan.members()),
                plan.tls(),
                plan.passwordFile(),
                need.of("cluster.transport", plan.transport()),
                Durability.ofCode(need.of("cluster.durability", plan.durability())),
                need.of("cluster.reads", plan.reads()),
                need.of("cluster.memoryBudgetMiB", plan.memoryBudgetMiB()),
                need.of("cluster.backgroundThreads", plan.backgroundThreads()));
    }

    private static ResolvedRaft raft(String source, Plan plan) {
        try {
            return ResolvedRaft.of(plan.raft());
        } catch (IllegalArgumentException e) {
            throw new UsageError(source + ": raft: " + e.getMessage());
        }
    }

    private static Load load(Need need, Plan.LoadPlan plan, Plan.TrialsPlan trials) {
        String kind = need.of("load.kind", plan.kind());
        double rate = plan.rateOpsPerSecond() == null ? 0 : plan.rateOpsPerSecond();
        if (kind.equals(Cell.Load.OPEN) && rate <= 0) {
            throw need.error("load.rateOpsPerSecond", rate, "a rate above 0 for an open loop");
        }
        long operations = plan.measureOperations() == null ? 0 : plan.measureOperations();
        double seconds = operations > 0 || plan.measureSeconds() == null ? 0 : plan.measureSeconds();
        if (operations == 0 && seconds <= 0) {
            throw need.error("load.measureSeconds", seconds, "a length above 0, or measureOperations");
        }
        double warmUpSeconds = need.of("load.warmUpSeconds", plan.warmUpSeconds());
        int steadySeconds = plan.steadySeconds() == null ? 0 : plan.steadySeconds();
        if (steadySeconds == 1 || steadySeconds == 2) {
            throw need.error("load.steadySeconds", steadySeconds, "3 or more, or 0 for a warm-up of fixed length");
        }
        if (steadySeconds > warmUpSeconds) {
            throw need.error(
                    "load.steadySeconds", steadySeconds, "load.warmUpSeconds, " + warmUpSeconds + ", at the most");
        }
        Cell.Sweep sweep = sweep(need, kind, plan.sweep(), trials);
        if (sweep != null) {
            if (operations > 0) {
                throw need.error(
                        "load.measureOperations", operations, "load.measureSeconds instead, of each step of the sweep");
            }
            checkTimes(need, sweep, warmUpSeconds, trials);
        }
        Cell.Paced paced = paced(need, kind, plan.paced());
        if (sweep == null) {
            double least = (steadySeconds > 0 ? 0 : warmUpSeconds) + seconds + paced.measureSeconds();
            int timeout = need.of("trials.timeoutSeconds", trials.timeoutSeconds());
            if (least >= timeout) {
                throw need.error(
                        "trials.timeoutSeconds",
                        timeout,
                        "more than the " + least + " s that the warm-up and the windows of a trial take");
            }
        }
        return new Load(
                kind,
                need.of("load.clients", plan.clients()),
                kind.equals(Cell.Load.OPEN) ? rate : 0,
                arrivals(need, kind, plan.arrivals()),
                sweep,
                speed(need, kind, plan.speed()),
                pacing(kind, plan.pacing()),
                warmUpSeconds,
                steadySeconds,
                seconds,
                operations,
                paced);
    }

    private static void checkTimes(Need need, Cell.Sweep sweep, double warmUpSeconds, Plan.TrialsPlan trials) {
        double mostSeconds = Objects.requireNonNull(sweep.maxSeconds());
        int timeout = need.of("trials.timeoutSeconds", trials.timeoutSeconds());
        if (mostSeconds > timeout) {
            throw need.error(
                    "load.sweep.maxSeconds", mostSeconds, "trials.timeoutSeconds, " + timeout + ", at the most");
        }
        double least = warmUpSeconds + LEAST_SWEEP_SECONDS;
        if (mostSeconds < least) {
            throw need.error(
                    "load.sweep.maxSeconds",
                    mostSeconds,
                    "load.warmUpSeconds and " + LEAST_SWEEP_SECONDS + " s besides, " + least + ", at the least");
        }
    }

    private static Cell.Paced paced(Need need, String kind, Plan.@Nullable PacedPlan plan) {
        if (plan == null || !kind.equals(Cell.Load.CLOSED)) {
            return Load.NOT_PACED;
        }
        double rate = need.of("load.paced.rateOpsPerSecond", plan.rateOpsPerSecond());
        if (rate == 0) {
            return Load.NOT_PACED;
        }
        double seconds = need.of("load.paced.measureSeconds", plan.measureSeconds());
        if (seconds <= 0) {
            throw need.error("load.paced.measureSeconds", seconds, "a length above 0");
        }
        return new Cell.Paced(rate, seconds);
    }

    private static Cell.@Nullable Sweep sweep(
            Need need, String kind, Plan.@Nullable SweepPlan plan, Plan.TrialsPlan trials) {
        if (!kind.equals(Cell.Load.SWEEP)) {
            return null;
        }
        Plan.SweepPlan given = need.of("load.sweep", plan);
        double firstRate = given.firstRateOpsPerSecond() == null ? PROBED : given.firstRateOpsPerSecond();
        if (firstRate != PROBED && firstRate < LEAST_RATE) {
            throw need.error("load.sweep.firstRateOpsPerSecond", firstRate, LEAST_RATE + " or more, or 0");
        }
        return new Cell.Sweep(
                LatencyObjective.parse(need.of("load.sweep.objective", given.objective()))
                        .toString(),
                firstRate,
                given.factor() == null ? DEFAULT_FACTOR : given.factor(),
                given.precision() == null ? DEFAULT_PRECISION : given.precision(),
                given.maxSteps() == null ? DEFAULT_MAX_STEPS : given.maxSteps(),
                given.maxSeconds() == null
                        ? Math.min(
                                DEFAULT_MAX_SECONDS,
                                SWEEP_SHARE * need.of("trials.timeoutSeconds", trials.timeoutSeconds()))
                        : given.maxSeconds());
    }

    private static double speed(Need need, String kind, @Nullable Double speed) {
        if (!kind.equals(Cell.Load.REPLAY)) {
            return 0;
        }
        if (speed != null && speed < LEAST_SPEED) {
            throw need.error("load.speed", speed, LEAST_SPEED + " or more");
        }
        return speed == null ? 1 : speed;
    }

    private static String pacing(String kind, @Nullable String pacing) {
        if (kind.equals(Cell.Load.CLOSED)) {
            return Cell.Load.SLEEP;
        }
        return pacing == null ? Cell.Load.HYBRID : pacing;
    }

    private static Cell.Arrivals arrivals(Need need, String kind, Plan.@Nullable ArrivalsPlan plan) {
        if (plan == null || (!kind.equals(Cell.Load.OPEN) && !kind.equals(Cell.Load.SWEEP))) {
            return Cell.Arrivals.constant();
        }
        return switch (need.of("load.arrivals.kind", plan.kind())) {
            case Cell.Arrivals.POISSON -> Cell.Arrivals.poisson();
            case Cell.Arrivals.BURSTS ->
                Cell.Arrivals.bursts(
                        positive(need, "load.arrivals.periodSeconds", plan.periodSeconds()),
                        positive(need, "load.arrivals.duty", plan.duty()));
            default -> Cell.Arrivals.constant();
        };
    }

    private static double positive(Need need, String key, @Nullable Double value) {
        double given = need.of(key, value);
        if (given < 0.001) {
            throw need.error(key, given, "0.001 or more");
        }
        return given;
    }

    private static Trials trials(Need need, Plan.TrialsPlan plan, Plan.LoadPlan load) {
        int blocks = need.of("trials.blocks", plan.blocks());
        int maxBlocks = plan.maxBlocks() == null ? blocks : plan.maxBlocks();
        if (maxBlocks < blocks) {
            throw need.error("trials.maxBlocks", maxBlocks, "trials.blocks, " + blocks + ", or more");
        }
        double slowdown = plan.slowdownArm() == null ? 0 : plan.slowdownArm();
        double stopMillis = plan.slowdownStopMillis() == null ? 0 : plan.slowdownStopMillis();
        checkSlowdown(need, slowdown, stopMillis, load);
        return new Trials(
                blocks,
                maxBlocks,
                plan.maxHalfWidth() == null ? DEFAULT_MAX_HALF_WIDTH : plan.maxHalfWidth(),
                Boolean.TRUE.equals(plan.aaArm()),
                slowdown,
                stopMillis,
                need.of("trials.equivalenceBand", plan.equivalenceBand()),
                need.of("trials.confidence", plan.confidence()),
                need.of("trials.supportsVerdicts", plan.supportsVerdicts()),
                need.of("trials.ceilingBlocks", plan.ceilingBlocks()),
                need.of("trials.timeoutSeconds", plan.timeoutSeconds()),
                plan.memoryLimitMiB() == null ? 0 : plan.memoryLimitMiB(),
                need.of("trials.maxStealRatio", plan.maxStealRatio()),
                plan.maxOthersShare() == null ? 1 : plan.maxOthersShare(),
                plan.maxCanaryDeviation() == null ? 0 : plan.maxCanaryDeviation());
    }

    private static void checkSlowdown(Need need, double slowdown, double stopMillis, Plan.LoadPlan load) {
        boolean isOpen = Cell.Load.OPEN.equals(load.kind());
        if (slowdown > 0 && !Cell.Load.CLOSED.equals(load.kind()) && !(isOpen && stopMillis > 0)) {
            throw need.error(
                    "trials.slowdownArm",
                    slowdown,
                    "load.kind 'closed', or 'open' with trials.slowdownStopMillis: only then is it known what to see");
        }
        double windowMillis = load.measureSeconds() == null ? 0 : 1e3 * load.measureSeconds();
        if (slowdown > 0 && stopMillis > windowMillis * slowdown) {
            throw need.error(
                    "trials.slowdownStopMillis",
                    stopMillis,
                    "at most " + RoundedNumbers.text(windowMillis * slowdown)
                            + ", of which one falls into each window of load.measureSeconds with this trials.slowdownArm");
        }
    }

    /** Turns what a plan and its profile both leave out into an error that names the key. */
    private record Need(String source, PlanSources sources) {
        <T> T of(String key, @Nullable T value) {
            if (value == null) {
                throw new UsageError(source + ": " + key + " is missing; name it in the plan or in its profile");
            }
            return value;
        }

        UsageError error(String key, Object value, String expected) {
            return sources.fault(key, value, expected);
        }
    }
}
