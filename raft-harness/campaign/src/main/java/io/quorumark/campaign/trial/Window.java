package io.quorumark.campaign.trial;

import io.quorumark.campaign.host.CpuTicks;
import io.quorumark.campaign.host.ProcessUsage;
import io.quorumark.campaign.host.ThreadPriority;
import io.quorumark.campaign.host.TimerSlack;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.raft.timing.StageTimes;
import io.quorumark.results.model.Stall;
import io.quorumark.results.model.Trial.Event;
import io.quorumark.results.model.Trial.Replication;
import io.quorumark.results.model.Trial.Resources;
import io.quorumark.workload.driver.DriverResult;
import io.quorumark.workload.driver.WakeUpLead;
import io.quorumark.workload.driver.WindowListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened around the measured window: resources used and leadership, read when it begins and when it ends. */
final class Window implements WindowListener {
    private final Deployment deployment;
    private ProcessUsage before;
    private ProcessUsage after;
    private CpuTicks ticksBefore;
    private CpuTicks ticksAfter;
    private final long pageCacheAtStartBytes;
    private long pssBytes;
    private long pageCacheBytes;
    private long leadershipBefore;
    private long leadershipAfter;
    private StageTimes writeStages = StageTimes.none();
    private Map<String, List<Long>> lagEntries = Map.of();
    private final LagSampler lag;
    private final CostMeter costs;
    private final StallWatch watch;
    /** What became of it; empty for a closed loop. Written by the pacer. */
    private volatile String pacerPriority = "";

    private volatile String pacerSlack = "";
    private volatile @Nullable WakeUpLead pacerLead;

    /** @param costs told of the window as well */
    Window(Deployment deployment, CostMeter costs) {
        this.deployment = deployment;
        this.costs = costs;
        this.watch = new StallWatch(deployment, costs.device());
        this.lag = new LagSampler(deployment::appliedIndexes);
        this.before = usage();
        this.after = before;
        this.ticksBefore = ticks();
        this.ticksAfter = ticksBefore;
        this.pageCacheAtStartBytes = read("/proc/meminfo", ProcessUsage::pageCacheBytes);
    }

    /** Its lag is part of response time: it is to run as soon as it can. */
    @Override
    public void pacerStarts() {
        pacerPriority = ThreadPriority.raise();
        pacerSlack = TimerSlack.remove();
    }

    @Override
    public void pacerLeads(WakeUpLead lead) {
        pacerLead = lead;
    }

    @Override
    public void windowBegins() {
        before = costs.windowBegins();
        ticksBefore = ticks();
        leadershipBefore = deployment.leadershipEpoch();
        StageTimes unused = deployment.takeWriteStages();
        lag.start();
        watch.start();
    }

    @Override
    public void windowEnds() {
        after = costs.windowEnds();
        watch.stop();
        lagEntries = lag.stop();
        writeStages = deployment.takeWriteStages();
        ticksAfter = ticks();
        leadershipAfter = deployment.leadershipEpoch();
        costs.readEngines();
        pssBytes = read("the memory of the trial's processes", costs.processes()::pssBytes);
        pageCacheBytes = read("/proc/meminfo", ProcessUsage::pageCacheBytes);
    }

    /** What the window costs beyond time. */
    CostMeter costs() {
        return costs;
    }

    /** How often leadership changed inside the window. */
    long leadershipChanges() {
        return leadershipAfter - leadershipBefore;
    }

    /** What could not be watched inside the window; empty if all was. */
    Optional<String> failure() {
        return lag.failure();
    }

    /** The share of the machine's processor time that other guests took inside the window. */
    double stealRatio() {
        return ticksAfter.stealRatioSince(ticksBefore);
    }

    Resources resources(long operations, long diskBytes) throws IOException {
        ProcessUsage used = after.since(before);
        double per = Math.max(1, operations);
        return new Resources(
                used.cpuNanos() / per,
                Math.max(0, used.jvm().allocatedBytes()) / per,
                used.writtenBytes(),
                diskBytes,
                costs.processes().peakRssBytes(),
                pssBytes,
                pageCacheBytes - pageCacheAtStartBytes,
                used.jvm().gcMillis(),
                used.jvm().gcCount(),
                used.jvm().compilationMillis());
    }

    /** The slowest operations, and what coincided with each; not for a trial whose clock leaves turns of others out. */
    List<Stall> stalls(DriverResult result) {
        return watch.stalls(result);
    }

    Replication replication() {
        return new Replication(Measurements.stages(writeStages), lagEntries);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T get() throws IOException;
    }

    private static <T> T read(String what, Reading<T> reading) {
        try {
            return reading.get();
        } catch (IOException e) {
            throw new HarnessException(what + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ProcessUsage usage() {
        return read("this process's own resource use", ProcessUsage::now);
    }

    private static CpuTicks ticks() {
        return read("/proc/stat", CpuTicks::now);
    }

    List<Event> events() {
        ProcessUsage used = after.since(before);
        List<Event> events = new ArrayList<>();
        if (!pacerPriority.isEmpty()) {
            events.add(new Event(
                    0, "generator-priority", "priority of the thread that keeps the schedule " + pacerPriority));
            events.add(
                    new Event(0, "generator-slack", "timer slack of the thread that keeps the schedule " + pacerSlack));
        }
        WakeUpLead lead = pacerLead;
        if (lead != null) {
            events.add(new Event(
                    0,
                    "generator-lead",
                    String.format(
                            Locale.ROOT,
                            "it asked to be woken up %.1f microseconds before each operation and watched the clock for what was left:"
                                    + " before the warm-up it woke up %.1f microseconds late (median of %d times; 99th percentile %.1f)",
                            lead.leadNanos() / 1e3,
                            lead.p50Nanos() / 1e3,
                            lead.wakeUps(),
                            lead.p99Nanos() / 1e3)));
        }
        if (used.jvm().gcCount() > 0) {
            events.add(new Event(
                    0,
                    "collections",
                    used.jvm().gcCount() + " in the window, " + used.jvm().gcMillis() + " ms together"));
        }
        if (used.jvm().compilationMillis() > 0) {
            events.add(new Event(0, "compilation", used.jvm().compilationMillis() + " ms in the window"));
        }
        if (stealRatio() > 0.01) {
            events.add(new Event(
                    0,
                    "steal",
                    String.format(
                            Locale.ROOT,
                            "other guests took %.1f %% of the processors in the window",
                            100 * stealRatio())));
        }
        if (leadershipChanges() > 0) {
            events.add(new Event(0, "leader-change", leadershipChanges() + " in the window"));
        }
        return events;
    }
}
