package io.quorumark.campaign.trial;

import io.quorumark.campaign.TrialOutput;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.host.DiskUse;
import io.quorumark.campaign.host.MemoryCgroups;
import io.quorumark.campaign.interleave.InjectedSlowdown;
import io.quorumark.campaign.interleave.Participant;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.engine.EngineException;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Event;
import io.quorumark.results.model.Trial.Phase;
import io.quorumark.results.text.Plural;
import io.quorumark.workload.OperationStream;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.catalog.WorkloadCatalog;
import io.quorumark.workload.driver.DriverResult;
import io.quorumark.workload.driver.LoadDriver;
import io.quorumark.workload.driver.NanoClock;
import io.quorumark.workload.driver.Progress;
import io.quorumark.workload.driver.Sweep;
import io.quorumark.workload.spec.RoundedNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one trial: start, load, warm-up and measure, settle, verify. For one use. */
final class TrialRunner {
    private static final Duration QUIESCENCE_TIMEOUT = Duration.ofSeconds(30);
    private static final double NANOS = 1e9;
    private static final long NOTABLE_PAUSE_NANOS = 1_000_000;

    private final TrialSpec spec;
    private final Engines engines;
    private final Consumer<TrialOutput> progress;
    private final List<Phase> phases = new ArrayList<>();
    private final WorkloadSpec workload;
    private final @Nullable Participant participant;
    private final double slowdown;

    TrialRunner(TrialSpec spec, Engines engines, Consumer<TrialOutput> progress) {
        this.spec = spec;
        this.engines = engines;
        this.progress = progress;
        this.workload = workloadOf(spec);
        // members that somebody else has started cannot be stopped from here, so that their trial takes no turns
        this.participant = spec.remoteMembers().isPresent()
                ? null
                : Participant.among(System.getenv()).orElse(null);
        this.slowdown = InjectedSlowdown.share(spec.cell().load().slowdown());
    }

    private NanoClock clock() {
        if (spec.remoteMembers().isPresent()) {
            // collections of this process do not stop its members
            return System::nanoTime;
        }
        return participant == null ? NanoClock.system() : participant.clock();
    }

    /** How long it was stopped while another trial had its turn, which its clock leaves out. */
    private double stoppedForTurnsSeconds() {
        return participant == null ? 0 : participant.stoppedSeconds();
    }

    /** How long this trial is stopped at once; 0 for as short as can be. */
    private double stopMillis() {
        Double millis = spec.cell().load().slowdownStopMillis();
        return millis == null ? 0 : millis;
    }

    private static WorkloadSpec workloadOf(TrialSpec spec) {
        WorkloadSpec workload = WorkloadCatalog.resolve(spec.workload());
        if (!workload.identity().equals(spec.cell().workloadIdentity())) {
            throw new HarnessException(
                    "workload '" + spec.workload() + "' has changed since the campaign began; restore it"
                            + " and go on with --resume, or begin another campaign");
        }
        return workload;
    }

    TrialResult run() throws IOException, InterruptedException {
        if (slowdown > 0 && participant == null) {
            throw new HarnessException("this trial is to be slower by a known share, " + slowdown
                    + ", and nobody is there to stop it for that; leave out the slowdown if members run on their own");
        }
        if (spec.memoryLimitBytes() > 0) {
            MemoryCgroups.require(spec.memoryLimitBytes());
        }
        Path folder = members(spec);
        Files.createDirectories(folder);
        Cell cell = spec.cell();
        NanoClock clock = clock();
        long began = System.nanoTime();
        try (OperationStream stream =
                workload.openStream(spec.seed(), cell.load().records())) {
            Deployment deployment = start(folder);
            try {
                endPhase("start", began);
                return runOn(deployment, stream, clock, folder);
            } catch (Throwable e) {
                closeAfter(e, deployment);
                throw e;
            }
        }
    }

    /** Runs all phases, and closes the deployment if that is without failure. */
    private TrialResult runOn(Deployment deployment, OperationStream stream, NanoClock clock, Path folder)
            throws IOException, InterruptedException {
        Cell cell = spec.cell();
        LoadDriver driver = new LoadDriver(
                stream, deployment.target(), clock, this::report, spec.seed(), Loads.pacing(cell.load()));
        long began = System.nanoTime();
        DriverResult load = driver.load(cell.load().clients(), QUIESCENCE_TIMEOUT);
        endPhase("load", began);
        if (load.errors() > 0 || load.stoppedEarly().isPresent()) {
            throw new HarnessException("loading failed after " + load.operations() + " of "
                    + Plural.of(stream.loadOperations(), "record") + ": "
                    + load.firstFailure().orElse("an insert met a version conflict that the stream does not have"));
        }

        Measured measured = measure(driver, clock, deployment, folder);
        Measured.Run probe = measured.probe();
        if (probe != null) {
            phases.add(new Phase(
                    "probe", probe.result().warmUpSeconds() + probe.result().windowSeconds()));
        }
        phases.add(new Phase("warm-up", measured.warmUpSeconds()));
        phases.add(new Phase("measure", measured.windowSeconds()));

        began = System.nanoTime();
        say("settle");
        List<String> failures = new ArrayList<>();
        boolean complete = measured.unacknowledged().isEmpty();
        attempt(complete, "settle", failures, deployment::settle);
        if (complete) {
            // an engine that has stopped its background work keeps its debt
            measured.last().window().costs().settle();
        }
        endPhase("settle", began);
        long diskBytes = DiskUse.allocatedBytes(folder);

        Measured all = complete ? pacedToo(measured, driver, deployment, folder) : measured;
        boolean allComplete = all.unacknowledged().isEmpty();

        began = System.nanoTime();
        say("verify");
        Verifier.Result[] found = {new Verifier.Result(null, null, List.of())};
        attempt(
                allComplete,
                "verify",
                failures,
                () -> found[0] = Verifier.verify(spec, workload, stream, all.unacknowledged(), deployment));
        endPhase("verify", began);
        failures.addAll(deployment.failures());
        Map<String, String> effectiveOptions = deployment.effectiveOptions();
        Map<String, Double> engineStats = deployment.engineStats();
        LifecycleTimes lifecycle = new LifecycleTimes();
        if (allComplete && workload.model().timesLifecycle()) {
            say("lifecycle");
            lifecycle = deployment.runLifecycle();
        }
        attempt(allComplete, "closing", failures, deployment::close);
        DeploymentReport report = new DeploymentReport(effectiveOptions, engineStats, failures);
        return result(report, all, diskBytes, found[0], lifecycle);
    }

    private static void closeAfter(Throwable failure, Deployment deployment) {
        try {
            deployment.close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /**
     * Runs a step. Of a target that has refused work, such as one on a full device, a failing step is one more thing to tell, and not what
     * to tell first.
     */
    private static void attempt(boolean complete, String name, List<String> failures, Step step)
            throws IOException, InterruptedException {
        try {
            step.run();
        } catch (EngineException | HarnessException e) {
            if (complete) {
                throw e;
            }
            failures.add("after that, " + name + " failed: " + e.getMessage());
        }
    }

    /** With the window at a set rate, if the load asks for one: on engines that have settled, and after what the trial costs is read. */
    private Measured pacedToo(Measured measured, LoadDriver driver, Deployment deployment, Path folder)
            throws IOException, InterruptedException {
        Cell.Load load = spec.cell().load();
        Cell.Paced paced = load.paced();
        if (paced == null) {
            return measured;
        }
        long began = System.nanoTime();
        sayRate(paced.rateOpsPerSecond());
        Window window = newWindow(deployment, folder);
        Measured all = measured.followedBy(
                new Measured.Run(driver.run(Loads.paced(load, paced, QUIESCENCE_TIMEOUT), window), window));
        if (all.unacknowledged().isEmpty()) {
            deployment.settle();
        }
        endPhase("paced", began);
        return all;
    }

    private Window newWindow(Deployment deployment, Path folder) {
        ThreadRoles roles = new ThreadRoles(engines.inOrder());
        return new Window(
                deployment,
                participant == null
                        ? CostMeter.alone(deployment, roles, folder)
                        : CostMeter.takingTurns(deployment, roles));
    }

    private Measured measure(LoadDriver driver, NanoClock clock, Deployment deployment, Path folder)
            throws IOException, InterruptedException {
        if (participant != null) {
            long began = System.nanoTime();
            say("wait");
            participant.ready(spec.block(), spec.position(), slowdown, stopMillis());
            endPhase("wait", began);
        }
        Measured measured = Measured.by(
                driver,
                clock,
                spec.cell().load(),
                QUIESCENCE_TIMEOUT,
                () -> newWindow(deployment, folder),
                this::sayRate);
        if (participant != null) {
            participant.measured();
        }
        return measured;
    }

    /** Where the trial's engines lie. */
    static Path members(TrialSpec spec) {
        return Path.of(spec.dataFolder(), "members");
    }

    /** What a deployment said of itself at the end of the operations. */
    private record DeploymentReport(
            Map<String, String> effectiveOptions, Map<String, Double> engineStats, List<String> failures) {}

    private Deployment start(Path folder) throws InterruptedException {
        say("start");
        return switch (spec.cell().target()) {
            case CLUSTER ->
                spec.remoteMembers().isPresent()
                        ? RemoteDeployment.connect(spec)
                        : ClusterDeployment.start(spec, engines, folder);
            case STATE_MACHINE -> StateMachineDeployment.start(spec, engines, folder);
            case ENGINE -> EngineDeployment.start(spec, engines);
        };
    }

    private TrialResult result(
            DeploymentReport report, Measured all, long diskBytes, Verifier.Result verified, LifecycleTimes lifecycle)
            throws IOException {
        Judgement judgement = new Judgement(spec, all, verified, lifecycle.problems(), report.failures());
        DriverResult measured = all.counted().result();
        Window window = all.counted().window();
        List<Event> events = events(window, measured, lifecycle);
        events.addAll(judgement.events());
        probed(all).ifPresent(events::add);
        phases.addAll(lifecycle.phases());
        Trial trial = new Trial(
                Campaign.FORMAT_VERSION,
                spec.campaignId(),
                spec.cell().id(),
                spec.block(),
                spec.position(),
                spec.startedAt(),
                judgement.outcome(),
                judgement.reasons(),
                phases,
                measured.throughputOpsPerSecond(),
                measured.operations(),
                measured.errors(),
                Measurements.latencies(measured),
                Measurements.series(measured),
                all.steps(),
                spec.canary(),
                Measurements.timekeeping(measured),
                window.resources(measured.operations(), diskBytes),
                window.costs()
                        .costs(
                                measured,
                                verified.expected(),
                                spec.cell().cluster().members(),
                                diskBytes),
                window.replication(),
                verified.verification(),
                report.effectiveOptions(),
                report.engineStats(),
                events,
                readMisses(measured),
                JvmStart.ofThisProcess(),
                stoppedForTurnsSeconds() > 0 ? null : window.stalls(measured),
                paced(all));
        return new TrialResult(trial, all);
    }

    private Trial.@Nullable PacedWindow paced(Measured all) {
        Measured.Run run = all.paced();
        Cell.Paced asked = spec.cell().load().paced();
        return run == null || asked == null ? null : Measurements.paced(asked, run.result());
    }

    private static Optional<Event> probed(Measured all) {
        return Optional.ofNullable(all.probe())
                .map(probe -> new Event(
                        0,
                        "capacity-probe",
                        String.format(
                                Locale.ROOT,
                                "a closed loop of %.1f s reached %s op/s; the sweep began at %.0f %% of it",
                                probe.result().windowSeconds(),
                                RoundedNumbers.text(probe.result().throughputOpsPerSecond()),
                                100 * Sweep.FIRST_SHARE)));
    }

    private Trial.ReadMisses readMisses(DriverResult measured) {
        long answered = measured.issued() - measured.outcomes().getOrDefault(Outcome.FAILED, 0L);
        return new Trial.ReadMisses(
                answered,
                measured.outcomes().getOrDefault(Outcome.NOT_FOUND, 0L),
                Boolean.TRUE.equals(workload.readsMayMiss()));
    }

    private List<Event> events(Window window, DriverResult measured, LifecycleTimes lifecycle) {
        List<Event> events = new ArrayList<>(window.events());
        events.addAll(lifecycle.events());
        if (stoppedForTurnsSeconds() > 0) {
            events.add(new Event(
                    0,
                    Event.TURNS,
                    String.format(
                            Locale.ROOT,
                            "stopped for %.3f s together while another trial had its turn, which rates and response times leave out",
                            stoppedForTurnsSeconds())));
        }
        if (slowdown > 0) {
            events.add(new Event(
                    0,
                    "slowdown",
                    String.format(
                            Locale.ROOT,
                            "stopped on purpose for %.2f %% of warm-up and window%s, which rates and response times do not leave out",
                            100 * slowdown,
                            stopMillis() > 0 ? ", " + RoundedNumbers.text(stopMillis()) + " ms at once" : "")));
        }
        if (measured.pauses().maxNanos() >= NOTABLE_PAUSE_NANOS) {
            events.add(new Event(
                    0,
                    "pauses",
                    String.format(
                            Locale.ROOT,
                            "an idle thread was kept from running %s, %.0f ms together, %.1f ms at the longest",
                            Plural.of(measured.pauses().stalls().size(), "time"),
                            1e3 * measured.pauses().stalledSeconds(),
                            measured.pauses().maxNanos() / 1e6)));
        }
        return events;
    }

    private void endPhase(String name, long beganNanos) {
        phases.add(new Phase(name, (System.nanoTime() - beganNanos) / NANOS));
    }

    private void say(String phase) {
        progress.accept(new TrialOutput(phase, 0, 0, 0));
    }

    private void sayRate(double rateOpsPerSecond) {
        say(rateOpsPerSecond == 0 ? "probe" : String.format(Locale.ROOT, "step-at-%.0f-op/s", rateOpsPerSecond));
    }

    private void report(Progress now) {
        progress.accept(new TrialOutput(
                now.phase().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                now.completedOperations(),
                now.rateOpsPerSecond(),
                now.p99Nanos() / 1000.0));
    }
}
