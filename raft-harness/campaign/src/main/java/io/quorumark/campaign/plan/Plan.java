package io.quorumark.campaign.plan;

import io.quorumark.campaign.plan.ApplicableKeys.Rule;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.TargetKind;
import io.quorumark.workload.catalog.WorkloadCatalog;
import io.quorumark.workload.driver.LatencyObjective;
import io.quorumark.workload.spec.InvalidValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A plan as written: every key is optional, and what is missing comes from the profile it is based on. Values are checked here, so
 * that an error carries the line it stands on; keys that are nothing to some plans have a rule here ({@link ApplicableKeys}).
 *
 * @param profile the profile that fills in what is missing; {@code quick} if absent
 * @param seed from which block order, operation streams and values follow
 * @param engines provider ids, in the order of the report
 * @param enginePath jars of engines that are not part of the program, and of the libraries they need; relative to the plan's file, or to
 *     the working folder if they are an option
 * @param reference the engine that ratios are taken against; the first engine if absent
 * @param engineOptions native options per engine (the tuned track)
 * @param workloads names from the catalog, or paths of workload files, relative to the plan's file, or to the working folder if they are
 *     options
 * @param records loaded before the clock starts; if absent, a workload file's own number, and the profile's for workloads that come
 *     with the program
 * @param cluster what is measured, and what it promises
 * @param raft how the group replicates
 * @param load how the group is driven
 * @param trials how often, and how it is judged
 * @param jvm of each trial
 */
public record Plan(
        @Nullable String profile,
        @Nullable Long seed,
        @Nullable List<String> engines,
        @Nullable List<String> enginePath,
        @Nullable String reference,
        @Nullable Map<String, Map<String, String>> engineOptions,
        @Nullable List<String> workloads,
        @Nullable Long records,
        @Nullable ClusterPlan cluster,
        @Nullable RaftPlan raft,
        @Nullable LoadPlan load,
        @Nullable TrialsPlan trials,
        @Nullable JvmPlan jvm)
        implements Section<Plan> {

    /** Says nothing. */
    public static final Plan EMPTY = Section.empty(Plan.class);

    public Plan {
        Checks.notEmpty("engines", engines);
        Checks.noRepeats("engines", engines);
        Checks.noRepeats("enginePath", enginePath);
        Checks.notEmpty("workloads", workloads);
        Checks.noRepeats("workloads", workloads);
        Checks.range("records", records, 1, 1_000_000_000L);
    }

    /** This plan with the files it names, which are relative to {@code folder}, by their whole paths. */
    Plan withFilesIn(Path folder) {
        UnaryOperator<String> whole = file -> folder.resolve(file).normalize().toString();
        Plan plan = this;
        if (enginePath != null) {
            plan = plan.with("enginePath", enginePath.stream().map(whole).toList());
        }
        if (workloads != null) {
            plan = plan.with(
                    "workloads",
                    workloads.stream()
                            .map(workload -> WorkloadCatalog.isPath(workload) ? whole.apply(workload) : workload)
                            .toList());
        }
        if (cluster != null && cluster.tls != null) {
            plan = plan.with("cluster.tls", cluster.tls.withFilesIn(folder));
        }
        if (cluster != null && cluster.passwordFile != null) {
            plan = plan.with("cluster.passwordFile", whole.apply(cluster.passwordFile));
        }
        return plan;
    }

    /** Whether a workload is not one of those that come with the program. */
    boolean namesWorkloadFiles() {
        return workloads != null && workloads.stream().anyMatch(WorkloadCatalog::isPath);
    }

    /**
     * @param target what is measured: a group, or an engine without one
     * @param members Raft members: an odd number of them, or the addresses of members that run on their own
     * @param tls how members that run on their own are spoken to; plain text if absent
     * @param passwordFile a file whose first line is the password of members that run on their own; absent if they ask for none
     * @param transport {@code in-jvm} or {@code tcp}
     * @param durability what an acknowledged write survives: {@code NONE}, {@code PROCESS_CRASH} or {@code POWER_LOSS}
     * @param reads {@code linearizable}, {@code lease} or {@code local}
     * @param memoryBudgetMiB per engine instance
     * @param backgroundThreads per engine instance
     */
    public record ClusterPlan(
            @Nullable TargetKind target,
            @Nullable Members members,
            @Nullable TlsConfig tls,
            @Nullable String passwordFile,
            @Nullable String transport,
            @Nullable String durability,
            @Nullable String reads,
            @Nullable Integer memoryBudgetMiB,
            @Nullable Integer backgroundThreads)
            implements Section<ClusterPlan> {
        private static final String OF_OTHER_PROCESSES = "give the addresses of members that run on their own";

        static final List<Rule> RULES = List.of(
                ofGroups("cluster.members"),
                ofGroups("cluster.tls"),
                ofGroups("cluster.passwordFile"),
                ofGroups("cluster.transport"),
                ofGroups("cluster.reads"),
                Rule.of("cluster.tls", "cluster.members", ClusterPlan::hasRemoteMembers, OF_OTHER_PROCESSES),
                Rule.of("cluster.passwordFile", "cluster.members", ClusterPlan::hasRemoteMembers, OF_OTHER_PROCESSES),
                ofOwnMembers("cluster.transport").withNeutral("tcp"),
                ofOwnMembers("cluster.backgroundThreads"));

        /** What members that run on their own have in their own configuration. */
        static Rule ofOwnMembers(String key) {
            return Rule.of(key, "cluster.members", plan -> !hasRemoteMembers(plan), "give a number of members");
        }

        /** What says how a group replicates. */
        static Rule ofGroups(String key) {
            return Rule.of(
                    key,
                    "cluster.target",
                    plan -> plan.cluster().target().isReplicated(),
                    "set cluster.target to cluster");
        }

        private static boolean hasRemoteMembers(ResolvedPlan plan) {
            return plan.cluster().members().areRemote();
        }

        public ClusterPlan {
            Checks.oneOf("transport", transport, "in-jvm", "tcp");
            Checks.oneOf("durability", durability, "NONE", "PROCESS_CRASH", "POWER_LOSS");
            Checks.oneOf("reads", reads, "linearizable", "lease", "local");
            Checks.range("memoryBudgetMiB", memoryBudgetMiB, 8, 1 << 20);
            Checks.range("backgroundThreads", backgroundThreads, 1, 256);
        }
    }

    /**
     * @param kind {@code closed}, {@code open}, {@code sweep} or {@code replay}
     * @param clients outstanding operations at the most
     * @param rateOpsPerSecond the intended rate of an open loop
     * @param arrivals how the intended sends of an open loop are spaced; equally if left out
     * @param sweep how a sweep looks for the highest rate that holds an objective
     * @param speed of a replay: 2 for twice as fast as recorded; 1 if left out
     * @param pacing how the load's thread waits until an operation is due: asleep, watching the clock (spin), or, if left out, asleep
     *     for most of it and watching the clock for the rest (hybrid)
     * @param warmUpSeconds before the measured window, and before the first of a sweep; the longest, if {@code steadySeconds} is given
     * @param steadySeconds ends the warm-up after so many steady seconds in a row
     * @param measureSeconds length of the measured window
     * @param measureOperations instead of {@code measureSeconds}: how many operations are measured
     * @param paced a window at a set rate that follows the closed loop's
     */
    public record LoadPlan(
            @Nullable String kind,
            @Nullable Integer clients,
            @Nullable Double rateOpsPerSecond,
            @Nullable ArrivalsPlan arrivals,
            @Nullable SweepPlan sweep,
            @Nullable Double speed,
            @Nullable String pacing,
            @Nullable Double warmUpSeconds,
            @Nullable Integer steadySeconds,
            @Nullable Double measureSeconds,
            @Nullable Long measureOperations,
            @Nullable PacedPlan paced)
            implements Section<LoadPlan> {
        private static final String OF_BURSTS = "set load.arrivals.kind to bursts";

        static final List<Rule> RULES = List.of(
                Rule.of("load.rateOpsPerSecond", "load.kind", is(Cell.Load.OPEN), "set load.kind to open"),
                Rule.of(
                                "load.arrivals",
                                "load.kind",
                                is(Cell.Load.OPEN).or(is(Cell.Load.SWEEP)),
                                "set load.kind to open or sweep")
                        .withNeutral(Cell.Arrivals.CONSTANT),
                Rule.of("load.arrivals.periodSeconds", "load.arrivals.kind", LoadPlan::isBursts, OF_BURSTS),
                Rule.of("load.arrivals.duty", "load.arrivals.kind", LoadPlan::isBursts, OF_BURSTS),
                Rule.of("load.sweep", "load.kind", is(Cell.Load.SWEEP), "set load.kind to sweep"),
                Rule.of("load.paced", "load.kind", is(Cell.Load.CLOSED), "set load.kind to closed"),
                Rule.of("load.speed", "load.kind", is(Cell.Load.REPLAY), "set load.kind to replay"),
                Rule.of(
                                "load.pacing",
                                "load.kind",
                                is(Cell.Load.CLOSED).negate(),
                                "set load.kind to open, sweep or replay")
                        .withNeutral(Cell.Load.SLEEP),
                Rule.of(
                        "load.measureSeconds",
                        "load.measureOperations",
                        plan -> plan.load().measureOperations() == 0,
                        "remove load.measureOperations"));

        private static Predicate<ResolvedPlan> is(String kind) {
            return plan -> plan.load().kind().equals(kind);
        }

        private static boolean isBursts(ResolvedPlan plan) {
            return plan.load().arrivals().kind().equals(Cell.Arrivals.BURSTS);
        }

        public LoadPlan {
            Checks.oneOf("kind", kind, LoadKind.kinds());
            Checks.range("clients", clients, 1, 100_000);
            Checks.rate("rateOpsPerSecond", rateOpsPerSecond);
            Checks.range("speed", speed, 0, 10_000);
            Checks.oneOf("pacing", pacing, Cell.Load.SLEEP, Cell.Load.SPIN, Cell.Load.HYBRID);
            Checks.range("warmUpSeconds", warmUpSeconds, 0, 3600);
            Checks.range("steadySeconds", steadySeconds, 0, 600);
            Checks.range("measureSeconds", measureSeconds, 0, 86_400);
            Checks.range("measureOperations", measureOperations, 0, 100_000_000_000L);
        }
    }

    /**
     * A closed loop has no response times but its service times; this window has.
     *
     * @param rateOpsPerSecond of its open loop; 0 for no such window
     * @param measureSeconds how long it is
     */
    public record PacedPlan(
            @Nullable Double rateOpsPerSecond, @Nullable Double measureSeconds) implements Section<PacedPlan> {
        public PacedPlan {
            Checks.rate("rateOpsPerSecond", rateOpsPerSecond);
            Checks.range("measureSeconds", measureSeconds, 0, 86_400);
        }
    }

    /**
     * @param objective such as {@code p99 <= 10 ms}
     * @param firstRateOpsPerSecond of the first step; if absent or 0, a closed loop shows the rate to begin with
     * @param factor from step to step on the way up
     * @param precision the search ends once the rate that failed is at most 1 + precision times the one that held
     * @param maxSteps it ends in any case
     * @param maxSeconds so does it then, warm-ups included
     */
    public record SweepPlan(
            @Nullable String objective,
            @Nullable Double firstRateOpsPerSecond,
            @Nullable Double factor,
            @Nullable Double precision,
            @Nullable Integer maxSteps,
            @Nullable Double maxSeconds)
            implements Section<SweepPlan> {

        public SweepPlan {
            if (objective != null) {
                checkObjective(objective);
            }
            Checks.range("firstRateOpsPerSecond", firstRateOpsPerSecond, 0, 1e8);
            Checks.range("factor", factor, 1.01, 10);
            Checks.range("precision", precision, 0.001, 1);
            Checks.range("maxSteps", maxSteps, 2, 1000);
            Checks.range("maxSeconds", maxSeconds, 1, 86_400);
        }

        private static void checkObjective(String objective) {
            try {
                LatencyObjective unused = LatencyObjective.parse(objective);
            } catch (IllegalArgumentException e) {
                throw new InvalidValue("objective", "'" + objective + "'", LatencyObjective.EXPECTED);
            }
        }
    }

    /**
     * @param kind {@code constant}, {@code poisson} or {@code bursts}
     * @param periodSeconds from one burst to the next
     * @param duty the part of a period that its burst takes
     */
    public record ArrivalsPlan(
            @Nullable String kind,
            @Nullable Double periodSeconds,
            @Nullable Double duty) {
        public ArrivalsPlan {
            Checks.oneOf("kind", kind, LoadKind.arrivalKinds());
            Checks.range("periodSeconds", periodSeconds, 0, 3600);
            Checks.range("duty", duty, 0, 1);
        }
    }

    /**
     * @param blocks how many trials each cell gets, at least
     * @param maxBlocks how many it gets at most, if intervals stay wide
     * @param maxHalfWidth an interval whose half is wider than this share of the ratio asks for another block
     * @param aaArm whether the reference engine runs twice under two names, to see what noise alone does
     * @param slowdownArm the reference engine runs once more, stopped for this share of the time, to see whether the campaign detects
     *     it; 0 for no such arm
     * @param slowdownStopMillis how long it is stopped at a time; as short and as often as can be if left out or 0
     * @param equivalenceBand the least relative difference that matters, such as 0.05
     * @param confidence of intervals, such as 0.95
     * @param supportsVerdicts whether the campaign may call a winner
     * @param ceilingBlocks in how many blocks the null engine runs, to show what the harness itself costs
     * @param timeoutSeconds after which a trial is ended and counted as failed
     * @param memoryLimitMiB of each trial's process, page cache included, held by the kernel (a control group); none if left out or 0
     * @param maxStealRatio a trial whose processors were taken by other guests for more than this share of the time is void
     * @param maxOthersShare a trial is void if other processes of this machine took more than this share of the processors inside the
     *     window; 1 for never
     * @param maxCanaryDeviation a trial is void if the processor canary before it took longer or shorter than its median by more than this
     *     share; never if left out or 0
     */
    public record TrialsPlan(
            @Nullable Integer blocks,
            @Nullable Integer maxBlocks,
            @Nullable Double maxHalfWidth,
            @Nullable Boolean aaArm,
            @Nullable Double slowdownArm,
            @Nullable Double slowdownStopMillis,
            @Nullable Double equivalenceBand,
            @Nullable Double confidence,
            @Nullable Boolean supportsVerdicts,
            @Nullable Integer ceilingBlocks,
            @Nullable Integer timeoutSeconds,
            @Nullable Integer memoryLimitMiB,
            @Nullable Double maxStealRatio,
            @Nullable Double maxOthersShare,
            @Nullable Double maxCanaryDeviation)
            implements Section<TrialsPlan> {

        static final List<Rule> RULES = List.of(
                Rule.of(
                                "trials.maxHalfWidth",
                                "trials.maxBlocks",
                                plan -> plan.trials().maxBlocks()
                                        > plan.trials().blocks(),
                                "set trials.maxBlocks above trials.blocks")
                        .withNeutral(String.valueOf(ResolvedPlan.DEFAULT_MAX_HALF_WIDTH)),
                Rule.of(
                        "trials.slowdownStopMillis",
                        "trials.slowdownArm",
                        plan -> plan.trials().slowdownArm() > 0,
                        "set trials.slowdownArm above 0"),
                ClusterPlan.ofOwnMembers("trials.ceilingBlocks"));

        public TrialsPlan {
            Checks.range("blocks", blocks, 1, 1000);
            Checks.range("maxBlocks", maxBlocks, 1, 1000);
            Checks.range("maxHalfWidth", maxHalfWidth, 0.001, 10);
            Checks.range("slowdownArm", slowdownArm, 0, 0.9);
            Checks.range("slowdownStopMillis", slowdownStopMillis, 0, 10_000);
            Checks.range("equivalenceBand", equivalenceBand, 0.001, 0.9);
            Checks.range("confidence", confidence, 0.5, 0.999);
            Checks.range("ceilingBlocks", ceilingBlocks, 0, 1000);
            Checks.range("timeoutSeconds", timeoutSeconds, 1, 1_000_000);
            Checks.range("memoryLimitMiB", memoryLimitMiB, 0, 1 << 24);
            Checks.range("maxStealRatio", maxStealRatio, 0, 1);
            Checks.range("maxOthersShare", maxOthersShare, 0, 1);
            Checks.range("maxCanaryDeviation", maxCanaryDeviation, 0, 10);
        }
    }

    /**
     * @param heapMiB of each trial's JVM, minimum and maximum alike
     * @param flags more flags of each trial's JVM, the same for every engine
     */
    public record JvmPlan(
            @Nullable Integer heapMiB, @Nullable List<String> flags) implements Section<JvmPlan> {
        public JvmPlan {
            Checks.range("heapMiB", heapMiB, 256, 1 << 20);
        }
    }
}
