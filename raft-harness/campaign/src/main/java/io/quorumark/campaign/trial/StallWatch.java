package io.quorumark.campaign.trial;

import com.sun.management.OperatingSystemMXBean;
import io.quorumark.campaign.host.BlockDevice;
import io.quorumark.campaign.host.CpuTicks;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.engine.BackgroundWork;
import io.quorumark.raft.timing.Activity;
import io.quorumark.results.model.Stall;
import io.quorumark.results.model.Stall.Coincidence;
import io.quorumark.workload.driver.DriverResult;
import io.quorumark.workload.driver.SlowestOperations;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches what may hold operations up during a window, and says afterwards what coincided with each of the slowest. Collections, snapshots,
 * cuts of the log and what engines do in their background are told with their times. The rest is looked at every {@value #PERIOD_MILLIS} ms
 * on a thread of its own, so that what is said of it is what happened between the looks around an operation. For one window of a trial that
 * takes no turns.
 */
final class StallWatch {
    static final long PERIOD_MILLIS = 20;

    /** Members and engines keep a bounded number of activities; asking for them costs more than a look. */
    private static final int LOOKS_FOR_EACH_COLLECTION = 50;

    private static final double MILLIS = 1e6;
    private static final OperatingSystemMXBean OPERATING_SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** What goes on for long beside operations, and less likely holds one up than what happens at times. */
    private static final Set<String> IN_BACKGROUND =
            Set.of(BackgroundWork.Kind.FLUSH.code(), BackgroundWork.Kind.COMPACTION.code());

    /** What took less of a stall than this is not named: something always happens. */
    private static final double LEAST_SHARE = 0.1;

    private static final List<String> TOLD_WITH_TIMES = List.of(
            "collection",
            Activity.SNAPSHOT,
            Activity.LOG_CUT,
            BackgroundWork.Kind.FLUSH.code(),
            BackgroundWork.Kind.COMPACTION.code(),
            Stall.NO_PROCESSOR);

    private final Deployment deployment;
    private final Optional<BlockDevice> device;
    private final CollectorPauses collections = new CollectorPauses();
    private final List<Look> looks = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "stall-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Activity> activities = Collections.synchronizedList(new ArrayList<>());
    /** Opened by the first look, and used by its thread alone. */
    private @Nullable MachineCounters machine;

    private @Nullable ScheduledFuture<?> looking;
    private long looksTaken;
    private @Nullable Throwable failure;

    StallWatch(Deployment deployment, Optional<BlockDevice> device) {
        this.deployment = deployment;
        this.device = device;
    }

    /** Everything that only grows, at one moment. */
    record Look(
            long nanos,
            double compilationMillis,
            double stolenMillis,
            double busyMillis,
            double ownMillis,
            double deviceMillis,
            long leadershipEpoch) {}

    void start() {
        List<Activity> unusedBefore = deployment.takeActivities();
        collections.start();
        looking = clock.scheduleAtFixedRate(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A schedule ends silently with the first exception of its task: it is kept for {@link #stop}. */
    private void look() {
        try {
            Look now = now();
            synchronized (looks) {
                looks.add(now);
            }
            if (++looksTaken % LOOKS_FOR_EACH_COLLECTION == 0) {
                activities.addAll(deployment.takeActivities());
            }
        } catch (IOException | RuntimeException e) {
            synchronized (looks) {
                if (failure == null) {
                    failure = e;
                }
            }
            throw new IllegalStateException("the machine cannot be watched", e);
        }
    }

    private Look now() throws IOException {
        MachineCounters counters = machine;
        if (counters == null) {
            counters = new MachineCounters(device);
            machine = counters;
        }
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        CpuTicks ticks = counters.ticks();
        return new Look(
                System.nanoTime(),
                compiler == null ? 0 : compiler.getTotalCompilationTime(),
                ticks.stolenMillis(),
                ticks.busyMillis(),
                OPERATING_SYSTEM.getProcessCpuTime() / MILLIS,
                counters.deviceMillis(),
                deployment.leadershipEpoch());
    }

    private void closeMachine() {
        try {
            if (machine != null) {
                machine.close();
            }
        } catch (IOException e) {
            synchronized (looks) {
                failure = failure == null ? e : failure;
            }
        }
    }

    /** @throws HarnessException the machine could not be watched */
    void stop() {
        if (looking != null) {
            // one that is under way ends, and none comes after it
            looking.cancel(false);
        }
        Future<?> closed = clock.submit(this::closeMachine);
        clock.shutdown();
        awaitLast(closed);
        activities.addAll(collections.stop());
        activities.addAll(deployment.takeActivities());
        synchronized (looks) {
            if (failure != null) {
                throw new HarnessException("what coincides with stalls could not be watched: " + failure, failure);
            }
        }
    }

    private static void awaitLast(Future<?> last) {
        try {
            last.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new HarnessException("the watch over the machine did not end: " + e.getCause(), e);
        }
    }

    /** The slowest operations of a window that has ended, and what coincided with each. */
    List<Stall> stalls(DriverResult result) {
        SlowestOperations slowest = result.slowest();
        List<Activity> all = new ArrayList<>(List.copyOf(activities));
        result.pauses()
                .stalls()
                .forEach(pause -> all.add(new Activity(
                        Stall.NO_PROCESSOR,
                        slowest.windowStartNanos() + pause.startNanos(),
                        slowest.windowStartNanos() + pause.startNanos() + pause.lengthNanos())));
        List<Look> seen;
        synchronized (looks) {
            seen = List.copyOf(looks);
        }
        return slowest.operations().stream()
                .map(slow -> new Stall(
                        (slow.startNanos() - slowest.windowStartNanos()) / 1e9,
                        slow.lengthNanos() / MILLIS,
                        slow.operationClass(),
                        slow.others(),
                        coincided(slow.startNanos(), slow.startNanos() + slow.lengthNanos(), all, seen)))
                .toList();
    }

    /** What happened between two moments, what took longest first. */
    static List<Coincidence> coincided(long fromNanos, long toNanos, List<Activity> activities, List<Look> looks) {
        List<Coincidence> coincided = new ArrayList<>();
        for (String kind : TOLD_WITH_TIMES) {
            double millis = overlapNanos(fromNanos, toNanos, kind, activities) / MILLIS;
            if (millis > 0) {
                coincided.add(new Coincidence(kind, millis));
            }
        }
        Look before = looks.stream()
                .filter(look -> look.nanos() <= fromNanos)
                .reduce((earlier, later) -> later)
                .orElse(null);
        Look after = looks.stream()
                .filter(look -> look.nanos() >= toNanos)
                .findFirst()
                .orElse(null);
        if (before != null && after != null) {
            if (before.leadershipEpoch() != after.leadershipEpoch()) {
                coincided.add(new Coincidence("leader-change", (toNanos - fromNanos) / MILLIS));
            }
            double spanMillis = (after.nanos() - before.nanos()) / MILLIS;
            double busy = after.busyMillis() - before.busyMillis();
            double own = after.ownMillis() - before.ownMillis();
            Map.of(
                            "compilation", after.compilationMillis() - before.compilationMillis(),
                            "steal", after.stolenMillis() - before.stolenMillis(),
                            "other-processes", busy - own,
                            "device", after.deviceMillis() - before.deviceMillis())
                    .forEach((kind, millis) -> {
                        if (millis >= LEAST_SHARE * spanMillis && millis >= 1) {
                            coincided.add(new Coincidence(kind, millis));
                        }
                    });
        }
        coincided.sort(Comparator.comparingDouble(Coincidence::millis)
                .reversed()
                .thenComparing(coincidence -> IN_BACKGROUND.contains(coincidence.kind()))
                .thenComparing(Coincidence::kind));
        return coincided;
    }

    /** How much of a stretch was covered by activities of a kind, those at the same time counted once. */
    private static long overlapNanos(long fromNanos, long toNanos, String kind, List<Activity> activities) {
        List<Activity> ofKind = activities.stream()
                .filter(each -> each.kind().equals(kind) && each.startNanos() < toNanos && each.endNanos() > fromNanos)
                .sorted(Comparator.comparingLong(Activity::startNanos))
                .toList();
        long covered = 0;
        long upTo = fromNanos;
        for (Activity each : ofKind) {
            long start = Math.max(upTo, each.startNanos());
            long end = Math.min(toNanos, each.endNanos());
            covered += Math.max(0, end - start);
            upTo = Math.max(upTo, end);
        }
        return covered;
    }
}
