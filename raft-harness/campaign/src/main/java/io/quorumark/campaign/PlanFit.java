package io.quorumark.campaign;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.host.FreeResources;
import io.quorumark.campaign.plan.ResolvedPlan;
import io.quorumark.campaign.plan.ResolvedRaft;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.model.Cell;
import io.quorumark.results.text.Plural;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationStream;
import io.quorumark.workload.WorkloadSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a plan's largest trial fits the disk, the memory and its own heap. Sizes come from the workload's own stream, and no engine is
 * thought to add to them: a group's member holds the state once, and a log of every write if snapshots never cut it. So only what cannot
 * work is refused. Writes of a closed loop that is bounded by time are not foreseen.
 */
public final class PlanFit {
    /** What a hash map and two arrays add to a record of the content model that verifies a trial. */
    private static final long HEAP_BYTES_PER_RECORD = 100;

    /** Of a JVM beside its heap: code, metaspace, threads, the collector. */
    private static final long JVM_BYTES = 128L << 20;

    /** Of the heap, for everything that is not data. */
    private static final long HARNESS_HEAP_BYTES = 48L << 20;

    /** How much of a heap can be full of what is kept; a collector needs the rest to make room. */
    private static final double HEAP_SHARE_KEPT = 0.9;

    /** The log goes back to the snapshot before the newest, so that it spans so many intervals at the most. */
    private static final int SNAPSHOTS_IN_LOG = 2;

    private static final int SAMPLED = 1_000;

    private final ResolvedPlan plan;
    private final PlannedWorkloads workloads;
    private final List<Cell> cells;
    private final Engines engines;
    private final Map<String, Stream> streams = new HashMap<>();

    /**
     * @param cells of the plan
     * @param engines that the cells name
     */
    public PlanFit(ResolvedPlan plan, PlannedWorkloads workloads, List<Cell> cells, Engines engines) {
        this.plan = plan;
        this.workloads = workloads;
        this.cells = cells;
        this.engines = engines;
    }

    /**
     * @param records keys that the load writes
     * @param liveBytes their keys and values
     * @param writtenBytes of writes whose number is known beforehand
     */
    private record Stream(long records, double liveBytes, double writtenBytes) {}

    /**
     * What one trial needs, in bytes. Of a group in other processes, nothing but the heap of the process that drives and verifies it.
     *
     * @param cell which
     * @param data keys and values of one replica after the load
     * @param disk of all members
     * @param heap of the trial's JVM
     * @param memory of the trial's process
     */
    public record Need(Cell cell, double data, double disk, double heap, double memory) {}

    /** Of every cell, in the plan's order. */
    public List<Need> needs() {
        return cells.stream().map(this::need).toList();
    }

    /**
     * One sentence for each limit that the plan's largest trial exceeds, with the figures; empty if all fit.
     */
    public List<String> problems(FreeResources room) {
        List<String> problems = new ArrayList<>();
        long heapBytes = (long) plan.jvm().heapMiB() << 20;
        long limitBytes = plan.trials().memoryLimitBytes();
        boolean remote = plan.cluster().members().areRemote();
        for (Need need : needs()) {
            if (need.disk() > room.diskBytes()) {
                add(
                        problems,
                        "%s needs %s of disk (%s of keys and values, %s), but %s are free; choose another folder"
                                + " with --data, or fewer records",
                        need.cell(),
                        text(need.disk()),
                        text(need.data()),
                        Plural.of(need.cell().cluster().members(), "member"),
                        text((double) room.diskBytes()));
            }
            if (need.heap() > heapBytes) {
                add(
                        problems,
                        "%s needs %s of heap (%s of keys and values, held once to verify the trial%s%s), but jvm.heapMiB"
                                + " is %d; raise it, or load fewer records",
                        need.cell(),
                        text(need.heap()),
                        text(need.data()),
                        times(replicasOnHeap(need.cell()), "by the engine"),
                        times(logsOnHeap(need.cell()), "in its log, as far as nothing cuts it"),
                        plan.jvm().heapMiB());
            }
            if (need.memory() > room.memoryBytes()) {
                addMemory(
                        problems,
                        need,
                        text((double) room.memoryBytes())
                                + " are available; lower jvm.heapMiB or cluster.memoryBudgetMiB");
            }
            if (limitBytes > 0 && !remote && need.memory() > limitBytes) {
                addMemory(
                        problems,
                        need,
                        "trials.memoryLimitMiB is " + plan.trials().memoryLimitMiB()
                                + "; raise it, or lower jvm.heapMiB or cluster.memoryBudgetMiB");
            }
        }
        return problems;
    }

    /**
     * Refuses a plan that cannot fit.
     *
     * @throws UsageError with the first thing that does not fit, and its figures
     */
    public void check(FreeResources room) {
        List<String> problems = problems(room);
        if (!problems.isEmpty()) {
            throw new UsageError("the plan does not fit this machine: " + problems.get(0));
        }
    }

    private Need need(Cell cell) {
        Stream stream = streams.computeIfAbsent(cell.workload(), name -> sample(workloads.of(cell)));
        boolean retains = !cell.isHarnessCeiling();
        boolean remote = plan.cluster().members().areRemote();
        int members = cell.cluster().members();
        double logBytes = logBytes(cell, stream);
        double modelBytes = stream.liveBytes + (double) stream.records * HEAP_BYTES_PER_RECORD;
        double disk = !retains || remote ? 0 : members * (stream.liveBytes + logBytes);
        double keptBytes = HARNESS_HEAP_BYTES
                + (retains ? modelBytes * (1 + replicasOnHeap(cell)) + logBytes * logsOnHeap(cell) : 0);
        double heap = keptBytes / HEAP_SHARE_KEPT;
        double memory = ((double) plan.jvm().heapMiB() * (1 << 20))
                + JVM_BYTES
                + (remote ? 0 : (double) instances(cell) * cell.memoryBudgetBytes());
        return new Need(cell, stream.liveBytes, disk, heap, memory);
    }

    /** What a member's log holds of what is known to be written; snapshots cut off what came before the last but one. */
    private double logBytes(Cell cell, Stream stream) {
        if (!cell.target().isReplicated()) {
            return 0;
        }
        ResolvedRaft.Snapshot snapshot = plan.raft().snapshot();
        double entryBytes = stream.liveBytes / Math.max(1, stream.records);
        double betweenCuts = Math.min(
                snapshot.everyEntries() > 0 ? snapshot.everyEntries() * entryBytes : Double.POSITIVE_INFINITY,
                snapshot.everyBytes() > 0 ? snapshot.everyBytes() : Double.POSITIVE_INFINITY);
        return Math.min(stream.liveBytes + stream.writtenBytes, SNAPSHOTS_IN_LOG * betweenCuts);
    }

    /** How many members of this process hold their state on the heap. */
    private int replicasOnHeap(Cell cell) {
        return membersOnHeap(cell, cell.cluster().stateEngine());
    }

    /** How many members of this process hold their log on the heap. */
    private int logsOnHeap(Cell cell) {
        return cell.target().isReplicated() ? membersOnHeap(cell, cell.cluster().logEngine()) : 0;
    }

    private int membersOnHeap(Cell cell, String engine) {
        boolean onHeap = engines.require(engine).capabilities().dataOnHeap();
        return onHeap && !plan.cluster().members().areRemote() ? cell.cluster().members() : 0;
    }

    private static String times(int count, String location) {
        return count == 0 ? "" : (count == 1 ? ", once " : ", " + count + " times ") + location;
    }

    /** Those that have a budget of their own beside the heap. */
    private static int instances(Cell cell) {
        if (cell.isHarnessCeiling()) {
            return 0;
        }
        return cell.target().isReplicated() ? 2 * cell.cluster().members() : 1;
    }

    private Stream sample(PlannedWorkloads.PlannedWorkload workload) {
        WorkloadSpec spec = workload.spec();
        long records = workload.records();
        // A trace names its keys, and loads no others.
        long few = spec.model().isReplay() ? records : Math.min(records, SAMPLED);
        try (OperationStream stream = spec.openStream(plan.seed(), few)) {
            Operation operation = new Operation();
            long keys = 0;
            double loaded = 0;
            for (long i = 0; i < stream.loadOperations(); i++) {
                stream.next(operation);
                keys += Math.max(1, operation.mutations().count());
                loaded += writtenBytes(operation);
            }
            double written = 0;
            for (int i = 0; i < SAMPLED; i++) {
                stream.next(operation);
                written += writtenBytes(operation);
            }
            double scale = (double) records / few;
            return new Stream(
                    Math.round(keys * scale), loaded * scale, written / SAMPLED * operationsKnownBeforehand());
        }
    }

    private static double writtenBytes(Operation operation) {
        return switch (operation.demand()) {
            case READ, EXISTS, SCAN, DELETE, DELETE_RANGE -> 0;
            case UPDATE, INSERT, READ_MODIFY_WRITE, COMPARE_AND_SET ->
                (double) operation.keyLength() + operation.valueLength();
            case BATCH -> operation.mutations().totalBytes();
        };
    }

    private double operationsKnownBeforehand() {
        ResolvedPlan.Load load = plan.load();
        return load.measureOperations()
                + load.rateOpsPerSecond() * load.measureSeconds()
                + load.paced().rateOpsPerSecond() * load.paced().measureSeconds();
    }

    private void addMemory(List<String> problems, Need need, String but) {
        add(
                problems,
                "%s needs %s of memory (heap %d MiB, %s at %d MiB), but %s",
                need.cell(),
                text(need.memory()),
                plan.jvm().heapMiB(),
                Plural.of(instances(need.cell()), "engine instance"),
                need.cell().memoryBudgetBytes() >> 20,
                but);
    }

    private static void add(List<String> problems, String format, Cell cell, Object... figures) {
        List<Object> arguments = new ArrayList<>(List.of(cell.engineName() + " on " + cell.workload()));
        arguments.addAll(List.of(figures));
        problems.add(String.format(Locale.ROOT, format, arguments.toArray()));
    }

    /** In MiB, for people. */
    public static String text(double bytes) {
        return String.format(Locale.ROOT, "%,.0f MiB", bytes / (1 << 20));
    }
}
