package io.quorumark.campaign;

import io.quorumark.campaign.engine.EnginePath;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.host.MachineProbe;
import io.quorumark.campaign.host.MemoryCgroups;
import io.quorumark.campaign.interleave.InjectedSlowdown;
import io.quorumark.campaign.interleave.Participant;
import io.quorumark.campaign.plan.ResolvedPlan;
import io.quorumark.campaign.support.ChildJvm;
import io.quorumark.campaign.trial.RemoteMembers;
import io.quorumark.campaign.trial.TrialMain;
import io.quorumark.campaign.trial.TrialSpec;
import io.quorumark.engine.EngineProvider;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Canary;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.CampaignWriter;
import io.quorumark.results.store.ResultsJson;
import io.quorumark.results.text.Sentences;
import io.quorumark.workload.driver.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs what is left of a campaign: every planned trial that is not stored yet, in the planned order, each in a fresh JVM. For one use. */
public final class CampaignRunner {
    /** Finding the pace, and applying what it wrote. */
    private static final double PACED_OVERHEAD_SECONDS = 0.7;

    private static final int CANARY_ATTEMPTS = 4;

    private final CampaignWriter writer;
    private final ResolvedPlan plan;
    private final PlannedWorkloads workloads;
    private final Path dataFolder;
    private final Progress progress;
    private final BlockPlan blockPlan;
    private final MachineProbe probe;
    private final CanaryRule canaryRule;
    private final TimeLeft timeLeft;
    private volatile @Nullable TrialProcess running;

    /** @param dataFolder where the engines write; emptied after every trial */
    public CampaignRunner(
            CampaignWriter writer, ResolvedPlan plan, PlannedWorkloads workloads, Path dataFolder, Progress progress)
            throws IOException {
        this.writer = writer;
        this.plan = plan;
        this.workloads = workloads;
        this.dataFolder = dataFolder;
        this.progress = progress;
        this.blockPlan = BlockPlan.of(writer.campaign());
        this.probe = new MachineProbe();
        // beside another campaign a canary tells how busy that is
        this.canaryRule = new CanaryRule(
                Participant.isIn(System.getenv()) ? 0 : plan.trials().maxCanaryDeviation());
        this.timeLeft = new TimeLeft(plannedTrialTime(plan));
    }

    /** About what a trial takes: start, load, settle and verify come to a few seconds. How many steps a sweep takes is not known before. */
    static Duration plannedTrialTime(ResolvedPlan plan) {
        double seconds =
                3.5 + drivenSeconds(plan.load()) + pacedSeconds(plan.load().paced());
        return Duration.ofMillis(Math.round(1000 * seconds));
    }

    private static double drivenSeconds(ResolvedPlan.Load load) {
        Cell.Sweep sweep = load.sweep();
        if (sweep == null) {
            return load.warmUpSeconds() + load.measureSeconds();
        }
        double seconds = load.warmUpSeconds()
                + (sweep.firstRateOpsPerSecond() == 0 ? Sweep.PROBE_SECONDS : 0)
                + Math.min(Sweep.USUAL_STEPS, load.maxSteps()) * (Sweep.SETTLE_SECONDS + load.measureSeconds());
        return sweep.maxSeconds() == null ? seconds : Math.min(sweep.maxSeconds(), seconds);
    }

    private static double pacedSeconds(Cell.Paced paced) {
        return paced.rateOpsPerSecond() == 0 ? 0 : PACED_OVERHEAD_SECONDS + paced.measureSeconds();
    }

    /** About what {@code trials} trials take. */
    public static Duration plannedTime(ResolvedPlan plan, int trials) {
        return plannedTrialTime(plan).multipliedBy(trials);
    }

    /**
     * Runs to the end: every planned block, and more of them as long as intervals are wide and blocks are left. If this process is
     * killed, what was stored stays, and another runner goes on from there.
     */
    public void run() throws IOException, InterruptedException {
        Thread killer = new Thread(this::killRunning, "kill-running-trial");
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            List<Slot> slots = slots();
            int number = 0;
            for (Slot slot : slots) {
                if (slot.position() == 0 && isEnough(slot.block())) {
                    break;
                }
                number++;
                Trial done = done(slot);
                if (done != null) {
                    canaryRule.remember(done.canary());
                    continue;
                }
                tellRemaining(slots, number - 1);
                runOne(slot, number, slots);
            }
        } finally {
            Runtime.getRuntime().removeShutdownHook(killer);
            Folders.remove(dataFolder);
        }
    }

    /**
     * Whether the blocks before this one are as many as planned, and tell all they were to tell. Never asks who is ahead: that would make a
     * winner of noise.
     */
    private boolean isEnough(int block) {
        return block >= plan.trials().blocks()
                && Analysis.of(CampaignReader.read(writer.folder().root())).intervalsAreNarrow();
    }

    /** The trial that is not to be repeated; null if it has not run, or failed. */
    private @Nullable Trial done(Slot slot) {
        Trial stored = writer.stored(slot.block(), slot.cell().id());
        return stored != null && stored.outcome() != Outcome.FAILED ? stored : null;
    }

    private void runOne(Slot slot, int number, List<Slot> slots) throws IOException, InterruptedException {
        progress.trialStarted(
                number, blockPlan, slot.cell().engine(), slot.cell().workload(), slot.block());
        Continuation.checkEngineJars(
                writer.campaign().software(), EnginePath.of(plan.enginePath()).digests());
        Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        long startNanos = System.nanoTime();
        Path trialFolder = dataFolder.resolve("trial");
        Folders.remove(trialFolder);
        Path temporary = Files.createDirectories(trialFolder.resolve("tmp"));
        Canary canary = calmCanary(trialFolder);
        TrialSpec spec = spec(slot, trialFolder, started, canary);
        canaryRule.remember(canary);
        Path specFile = trialFolder.resolve("spec.json");
        AtomicFiles.write(specFile, ResultsJson.write(spec));

        CampaignFolder folder = writer.folder();
        List<String> command = ChildJvm.command(
                writer.campaign().software().jvmFlags(),
                temporary,
                TrialMain.class.getName(),
                List.of(specFile.toString()));
        MemoryCgroups.@Nullable Group memory = memoryGroup();
        TrialSlowdown slowdown = isSlowedHere(slot.cell()) ? new TrialSlowdown(trialFolder.resolve("turns")) : null;
        TrialProcess process = TrialProcess.start(
                memory == null ? command : memory.inside(command),
                trialFolder,
                slowdown == null ? Map.of() : slowdown.environment(),
                folder.trialLog(slot.block(), slot.cell().id()));
        running = process;
        if (slowdown != null) {
            slowdown.begin(process);
        }
        int status = process.await(Duration.ofSeconds(plan.trials().timeoutSeconds()), progress::trialRunning);
        running = null;
        if (slowdown != null) {
            slowdown.end();
        }
        boolean outOfMemory = memory != null && memory.hasKilled();
        if (memory != null) {
            memory.remove();
        }

        Trial trial = writer.stored(slot.block(), slot.cell().id());
        if (trial == null || !trial.startedAt().equals(started)) {
            trial = failed(slot, started, canary, whyFailed(started, status, outOfMemory, process));
            CampaignWriter.writeTrial(folder, trial, "");
        } else if (trial.outcome() == Outcome.VALID) {
            // Warnings of libraries in a trial that counts would only worry a reader.
            Files.delete(folder.trialLog(slot.block(), slot.cell().id()));
        }
        Folders.remove(trialFolder);
        timeLeft.trialTook(slot.cell().id(), Duration.ofNanos(System.nanoTime() - startNanos));
        tellRemaining(slots, number);
        progress.trialEnded(summary(trial));
    }

    /** Waits a little for a machine that is not as it was; the plan's rule decides in the end. */
    private Canary calmCanary(Path trialFolder) throws IOException, InterruptedException {
        Canary canary = probe.measure(trialFolder);
        for (int attempt = 1;
                attempt < CANARY_ATTEMPTS && canaryRule.problem(canary).isPresent();
                attempt++) {
            TimeUnit.SECONDS.sleep(1);
            canary = probe.measure(trialFolder);
        }
        return canary;
    }

    /** Whether this process has to slow a cell's trials down: not if a gate does, which keeps turns for them. */
    private boolean isSlowedHere(Cell cell) {
        boolean isSlowed = cell.load().isSlowed()
                || InjectedSlowdown.isIn(writer.campaign().software().jvmFlags());
        return isSlowed && !Participant.isIn(System.getenv());
    }

    private MemoryCgroups.@Nullable Group memoryGroup() throws IOException {
        long limitBytes = plan.trials().memoryLimitBytes();
        return limitBytes == 0
                ? null
                : MemoryCgroups.ofThisMachine()
                        .create("quorumark-" + ProcessHandle.current().pid(), limitBytes);
    }

    private TrialSpec spec(Slot slot, Path trialFolder, Instant started, Canary canary) {
        return new TrialSpec(
                writer.campaign().id(),
                writer.folder().root().toString(),
                trialFolder.toString(),
                slot.cell(),
                plan.enginePath(),
                workloads.of(slot.cell()).source(),
                slot.block(),
                slot.position(),
                started,
                plan.seed(),
                plan.raft().settings(),
                RemoteMembers.of(
                        plan.cluster().members().addressesFor(slot.cell().engine()),
                        plan.cluster().tls(),
                        plan.cluster().passwordFile()),
                plan.cluster().backgroundThreads(),
                plan.trials().timeoutSeconds(),
                plan.trials().memoryLimitBytes(),
                plan.trials().maxStealRatio(),
                plan.trials().maxOthersShare(),
                canary,
                canaryRule.problem(canary).orElse(""));
    }

    private String whyFailed(Instant started, int status, boolean outOfMemory, TrialProcess process)
            throws IOException {
        if (outOfMemory) {
            return "the kernel ended the trial's JVM, as it needed more than "
                    + plan.trials().memoryLimitMiB()
                    + " MiB (trials.memoryLimitMiB); raise the limit, or lower jvm.heapMiB or cluster.memoryBudgetMiB";
        }
        if (status == TrialProcess.KILLED
                && System.currentTimeMillis() - started.toEpochMilli()
                        >= 1000L * plan.trials().timeoutSeconds()) {
            return "the trial was ended after " + plan.trials().timeoutSeconds() + " s (trials.timeoutSeconds)";
        }
        return "the trial's JVM ended with status " + status + "; its last words: " + process.lastWords();
    }

    private Trial failed(Slot slot, Instant started, Canary canary, String reason) {
        return new Trial(
                Campaign.FORMAT_VERSION,
                writer.campaign().id(),
                slot.cell().id(),
                slot.block(),
                slot.position(),
                started,
                Outcome.FAILED,
                List.of(reason),
                List.of(),
                0,
                0,
                0,
                Map.of(),
                List.of(),
                List.of(),
                canary,
                Trial.Timekeeping.none(),
                Trial.Resources.none(),
                Trial.Costs.unknown(),
                Trial.Replication.none(),
                null,
                Map.of(),
                Map.of(),
                List.of());
    }

    private static String summary(Trial trial) {
        return switch (trial.outcome()) {
            case VALID -> String.format(Locale.ROOT, "%,9.0f op/s", trial.throughputOpsPerSecond());
            case VOID -> "void: " + Sentences.join(trial.reasons());
            case INCORRECT -> "INCORRECT: " + Sentences.join(trial.reasons());
            case UNFAIR -> "UNFAIR: " + Sentences.join(trial.reasons());
            case FAILED -> "FAILED: " + Sentences.join(trial.reasons());
        };
    }

    private List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        List<List<String>> order = writer.campaign().blockOrder();
        for (int block = 0; block < order.size(); block++) {
            for (int position = 0; position < order.get(block).size(); position++) {
                slots.add(new Slot(
                        block, position, writer.campaign().cell(order.get(block).get(position))));
            }
        }
        return slots;
    }

    /** At the least, what is left of the planned blocks, or of the further one that was begun; at the most, of all there may be. */
    private void tellRemaining(List<Slot> slots, int index) {
        int begun = index == 0 ? 0 : slots.get(index - 1).block() + 1;
        int least = Math.max(blockPlan.blocks(), begun);
        progress.remaining(
                timeLeft.expect(cellIdsFrom(slots, index, least)),
                timeLeft.expect(cellIdsFrom(slots, index, blockPlan.maxBlocks())));
    }

    private List<String> cellIdsFrom(List<Slot> slots, int index, int blocks) {
        return slots.subList(index, slots.size()).stream()
                .filter(slot -> slot.block() < blocks && done(slot) == null)
                .map(slot -> slot.cell().id())
                .toList();
    }

    private void killRunning() {
        TrialProcess process = running;
        if (process != null) {
            process.kill();
        }
    }

    /** The engines whose JVM flags every trial gets. */
    static List<EngineProvider> providersOf(List<Cell> cells, Engines engines) {
        return cells.stream()
                .flatMap(cell ->
                        List.of(
                                cell.engine(),
                                cell.cluster().logEngine(),
                                cell.cluster().stateEngine())
                                .stream())
                .filter(id -> !id.equals("none"))
                .distinct()
                .map(engines::require)
                .toList();
    }

    private record Slot(int block, int position, Cell cell) {}
}
