package io.quorumark.campaign.trial;

import io.quorumark.campaign.host.BlockDevice;
import io.quorumark.campaign.host.CpuTicks;
import io.quorumark.campaign.host.MemoryCgroups;
import io.quorumark.campaign.host.ProcessTree;
import io.quorumark.campaign.host.ProcessUsage;
import io.quorumark.campaign.host.ThreadTimes;
import io.quorumark.campaign.host.WatchedProcesses;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.trial.Deployment.InstanceStats;
import io.quorumark.raft.message.ProcessPlace;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.Trial.Costs;
import io.quorumark.workload.StreamTally;
import io.quorumark.workload.driver.DriverResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a window costs, when it begins, when it ends and when the engines have settled. For one window; what an operation takes is not
 * touched.
 */
final class CostMeter {
    private static final double NANOS = 1e9;

    private final Deployment deployment;
    private final WatchedProcesses processes;
    private final Optional<BlockDevice> device;
    private final boolean alone;
    private final ThreadRoles roles;
    private final AtomicLong mostOpenFiles = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "cost-sampler");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Moment begin;
    private @Nullable Moment end;
    private EngineDebt.@Nullable Settled settled;
    private long settledNanos;
    private long settledWrittenBytes;

    private record Moment(
            long nanos,
            ProcessUsage usage,
            ThreadTimes threads,
            CpuTicks machine,
            long treeNanos,
            BlockDevice.@Nullable Counters device,
            List<InstanceStats> instances) {
        /** The same, with what the engines have told since. */
        Moment with(List<InstanceStats> told) {
            return new Moment(nanos, usage, threads, machine, treeNanos, device, told);
        }
    }

    private CostMeter(
            Deployment deployment,
            ThreadRoles roles,
            List<ProcessPlace> members,
            Optional<BlockDevice> device,
            boolean alone) {
        this.deployment = deployment;
        this.processes = WatchedProcesses.with(
                members.stream().map(ProcessPlace::pid).distinct().toList());
        this.device = device;
        this.alone = alone;
        this.roles = roles;
        rehearse();
    }

    /** A first reading loads classes and opens files. At the window's beginning that would leave out what is counted meanwhile. */
    private void rehearse() {
        Moment unused = moment().with(deployment.instances());
    }

    /**
     * Of a trial that nothing else of ours runs beside.
     *
     * @param roles of its threads
     * @param dataFolder existing; of a deployment in this process
     */
    static CostMeter alone(Deployment deployment, ThreadRoles roles, Path dataFolder) {
        List<ProcessPlace> members = deployment.memberProcesses();
        List<Path> folders = deployment.isInThisProcess()
                ? List.of(dataFolder)
                : members.stream().map(member -> Path.of(member.folder())).toList();
        try {
            return new CostMeter(deployment, roles, members, BlockDevice.under(folders), true);
        } catch (IOException e) {
            throw new HarnessException("the device under " + folders + " cannot be found: " + e.getMessage(), e);
        }
    }

    /**
     * Of a trial in this process that takes turns with another. What is counted for the whole device would be the other's as well, and is
     * left out.
     */
    static CostMeter takingTurns(Deployment deployment, ThreadRoles roles) {
        return new CostMeter(deployment, roles, List.of(), Optional.empty(), false);
    }

    /** Under the data of what is measured; empty if there is no single one, or if it is others' as well. */
    Optional<BlockDevice> device() {
        return device;
    }

    /** What this process has used so far, with the members' if those run beside it. */
    ProcessUsage windowBegins() {
        ScheduledFuture<?> unused = clock.scheduleAtFixedRate(this::lookAtFiles, 0, 1, TimeUnit.SECONDS);
        // The window has begun: whatever is asked first is counted from its beginning. Engines of members elsewhere
        // answer as late at its end as now, so that their counts span a window too.
        Moment now = moment();
        begin = now.with(deployment.instances());
        return now.usage.plus(deployment.memberJvms());
    }

    /** What this process has used so far, with the members' if those run beside it. {@link #readEngines} comes next. */
    ProcessUsage windowEnds() {
        Moment now = moment();
        end = now;
        return now.usage.plus(deployment.memberJvms());
    }

    /**
     * The share of the machine's processor time that neither this trial nor its campaign took inside the window, nor other guests of the
     * host; empty if another trial of ours runs beside this one, or if members run if nobody here can see what they take.
     */
    OptionalDouble othersShare() {
        Moment from = begin;
        Moment to = end;
        return from == null || to == null || !alone || !seesTheMembers()
                ? OptionalDouble.empty()
                : OptionalDouble.of(to.machine.othersShareSince(from.machine, to.treeNanos - from.treeNanos));
    }

    /** Asks the engines, which takes a while. Call it once the window has ended and nothing else needs reading soon. */
    void readEngines() {
        Moment now = end;
        if (now != null) {
            end = now.with(deployment.instances());
        }
        clock.shutdownNow();
        lookAtFiles();
    }

    /** Waits until the engines' debt no longer falls. Call it once all members have applied everything. */
    void settle() throws InterruptedException {
        long applied = System.nanoTime();
        EngineDebt.Settled debt = EngineDebt.await(() -> EngineDebt.Reading.of(deployment.instances()));
        settled = debt;
        settledNanos = Math.max(applied, debt.atNanos());
        settledWrittenBytes = usage().writtenBytes();
    }

    private void lookAtFiles() {
        processes.openFiles().ifPresent(open -> mostOpenFiles.accumulateAndGet(open, Math::max));
    }

    /** Before the engines have been asked. */
    private Moment moment() {
        try {
            return new Moment(
                    System.nanoTime(),
                    processes.usage(),
                    processes.threads(),
                    CpuTicks.now(),
                    ProcessTree.cpuNanos() + processes.othersCpuNanos(),
                    device.isPresent() ? device.get().now() : null,
                    List.of());
        } catch (IOException e) {
            throw new HarnessException("what the window costs cannot be read: " + e.getMessage(), e);
        }
    }

    private ProcessUsage usage() {
        try {
            return processes.usage();
        } catch (IOException e) {
            throw new HarnessException(
                    "what the processes of the trial have used cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * What was read, in figures.
     *
     * @param expected what the stream asked for and left behind; absent if the engine keeps nothing
     * @param diskBytes of all members' folders
     */
    Costs costs(DriverResult measured, Verifier.@Nullable Expected expected, int members, long diskBytes)
            throws IOException {
        Moment from = begin;
        Moment to = end;
        if (from == null || to == null) {
            return Costs.unknown();
        }
        Sheet sheet = new Sheet();
        if (expected != null) {
            userBytes(sheet, measured.operations(), expected);
        }
        processes(sheet, from, to, members);
        if (expected != null && seesTheMembers()) {
            readAmplification(sheet, measured.operations(), expected);
        }
        if (expected != null && deployment.isInThisProcess()) {
            sheet.ratio(Cost.SPACE_AMPLIFICATION, diskBytes, (double) expected.contentBytes() * members);
        }
        othersShare().ifPresent(share -> sheet.put(Cost.OTHERS_SHARE, share));
        device(sheet, from, to);
        engines(sheet, from, to, members);
        settling(sheet, to, measured);
        Map<String, Double> cpu = new TreeMap<>();
        if (measured.operations() > 0) {
            roles.sum(to.threads.since(from.threads), to.usage.cpuNanos() - from.usage.cpuNanos())
                    .forEach((role, nanos) -> cpu.put(role, nanos / (double) measured.operations()));
        }
        return new Costs(sheet.figures, cpu, MemoryCgroups.ofThisProcess().orElse(null));
    }

    /** The processes of the trial: this one, with the members' if those run beside it. */
    WatchedProcesses processes() {
        return processes;
    }

    private boolean seesTheMembers() {
        return deployment.isInThisProcess() || processes.hasOthers();
    }

    private static void userBytes(Sheet sheet, long operations, Verifier.Expected expected) {
        StreamTally tally = expected.tally();
        sheet.put(Cost.LIVE_BYTES, expected.contentBytes());
        if (tally.operations() > 0) {
            double each = (double) operations / tally.operations();
            sheet.put(Cost.WRITES, Math.rint(each * tally.writes()));
            sheet.put(Cost.USER_BYTES, Math.rint(each * tally.writtenBytes()));
        }
    }

    private static void readAmplification(Sheet sheet, long operations, Verifier.Expected expected) {
        StreamTally tally = expected.tally();
        if (tally.scans() == 0 && tally.operations() > 0 && expected.records() > 0) {
            double reads = (double) operations * tally.reads() / tally.operations();
            sheet.ratio(
                    Cost.READ_AMPLIFICATION,
                    sheet.get(Cost.PROCESS_READ).orElse(0),
                    reads * expected.contentBytes() / expected.records());
        }
    }

    private void processes(Sheet sheet, Moment from, Moment to, int members) {
        if (mostOpenFiles.get() > 0) {
            sheet.put(Cost.OPEN_FILES, mostOpenFiles.get());
        }
        if (!seesTheMembers()) {
            return;
        }
        ProcessUsage used = to.usage.since(from.usage);
        sheet.put(Cost.PROCESS_READ, used.readBytes());
        double userBytes = members * sheet.get(Cost.USER_BYTES).orElse(0);
        sheet.ratio(Cost.WRITE_AMPLIFICATION, used.writtenBytes(), userBytes);
        if (settled != null) {
            sheet.ratio(
                    Cost.SETTLED_WRITE_AMPLIFICATION,
                    (double) settledWrittenBytes - from.usage.writtenBytes(),
                    userBytes);
        }
    }

    private static void device(Sheet sheet, Moment from, Moment to) {
        if (from.device == null || to.device == null) {
            return;
        }
        sheet.put(Cost.DEVICE_WRITTEN, to.device.writtenBytes() - from.device.writtenBytes());
        sheet.put(Cost.DEVICE_READ, to.device.readBytes() - from.device.readBytes());
        OptionalLong before = from.device.flushes();
        OptionalLong after = to.device.flushes();
        if (before.isPresent() && after.isPresent()) {
            double flushes = (double) after.getAsLong() - before.getAsLong();
            sheet.put(Cost.DEVICE_FLUSHES, flushes);
            sheet.ratio(Cost.FLUSHES_PER_WRITE, flushes, sheet.get(Cost.WRITES).orElse(0));
        }
    }

    private static void engines(Sheet sheet, Moment from, Moment to, int members) {
        List<InstanceStats> owing =
                to.instances.stream().filter(InstanceStats::owesDurability).toList();
        if (!owing.isEmpty() && tell(owing, "log.syncs")) {
            double syncs = EngineDebt.sum(owing, "log.syncs")
                    - EngineDebt.sum(
                            from.instances.stream()
                                    .filter(InstanceStats::owesDurability)
                                    .toList(),
                            "log.syncs");
            sheet.put(Cost.LOG_SYNCS, syncs);
            sheet.ratio(
                    Cost.SYNCS_PER_WRITE,
                    syncs / members,
                    sheet.get(Cost.WRITES).orElse(0));
        }
        if (to.instances.stream().anyMatch(instance -> instance.values().containsKey("stall.nanos"))) {
            sheet.put(
                    Cost.STALL_NANOS,
                    EngineDebt.sum(to.instances, "stall.nanos") - EngineDebt.sum(from.instances, "stall.nanos"));
        }
        to.instances.stream()
                .filter(instance -> instance.values().containsKey("memory.bytes"))
                .mapToDouble(instance -> instance.values().get("memory.bytes"))
                .max()
                .ifPresent(bytes -> sheet.put(Cost.ENGINE_MEMORY, bytes));
    }

    private void settling(Sheet sheet, Moment to, DriverResult measured) {
        if (settled == null) {
            return;
        }
        if (to.instances.stream().anyMatch(instance -> instance.values().containsKey("compaction.pending.bytes"))) {
            sheet.put(Cost.DEBT_BYTES, EngineDebt.Reading.of(to.instances).bytes());
            sheet.put(Cost.REMAINING_DEBT_BYTES, settled.remainingBytes());
        }
        double seconds = Math.max(0, settledNanos - to.nanos) / NANOS;
        sheet.put(Cost.SETTLE_SECONDS, seconds);
        sheet.ratio(Cost.SETTLED_OPERATIONS_PER_SECOND, measured.operations(), measured.windowSeconds() + seconds);
    }

    private static boolean tell(List<InstanceStats> instances, String name) {
        return instances.stream().allMatch(instance -> instance.values().containsKey(name));
    }

    /** Figures by name; negative ones, of counters that went back, are left out. */
    private static final class Sheet {
        private final Map<String, Double> figures = new TreeMap<>();

        void put(Cost cost, double value) {
            if (value >= 0 && Double.isFinite(value)) {
                figures.put(cost.id(), value);
            }
        }

        void put(Cost cost, long value) {
            put(cost, (double) value);
        }

        void ratio(Cost cost, long part, double whole) {
            ratio(cost, (double) part, whole);
        }

        void ratio(Cost cost, double part, double whole) {
            if (whole > 0) {
                put(cost, part / whole);
            }
        }

        OptionalDouble get(Cost cost) {
            Double value = figures.get(cost.id());
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
    }
}
