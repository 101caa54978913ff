package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.durability.FullDiskRig;
import io.quorumark.engine.durability.KillRig;
import io.quorumark.engine.durability.PowerCutRig;
import io.quorumark.engine.durability.Progress;
import io.quorumark.engine.durability.Recorder;
import io.quorumark.engine.durability.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an engine keeps when its process is killed, the power is cut, or the device is full, at every level that promises something. A
 * subclass names the provider.
 */
public abstract class EngineCrashTest {
    /** Fewer if the kit itself is tested. */
    private static final int KILLS = Integer.getInteger("quorumark.crash.kills", 8);

    private static final int MANY_KILLS = 1000;
    private static final int CUTS = Integer.getInteger("quorumark.crash.cuts", 40);
    private static final int FULL_DEVICES = Integer.getInteger("quorumark.crash.full", 2);
    private static final int MANY_FULL_DEVICES = 20;
    private static final int MANY_CUTS = 400;
    private static final long SEED = 20;

    @TempDir
    Path folder;

    protected abstract EngineProvider provider();

    @BeforeEach
    void requireTheEngine() {
        Availability.check(provider());
    }

    @Test
    void a_killed_process_leaves_every_acknowledged_batch_and_no_torn_one() throws Exception {
        kill(KILLS);
    }

    @Test
    @Tag("long")
    void a_thousand_killed_processes_leave_every_acknowledged_batch_and_no_torn_one() throws Exception {
        kill(MANY_KILLS);
    }

    private void kill(int kills) throws Exception {
        assumeCrashConsistent();
        Recorder.Attempt attempt = CompiledRecorder.attempt();
        for (Durability durability : levels()) {
            Path own = Files.createDirectory(folder.resolve("kills-" + durability));
            Tally tally = new KillRig(provider(), attempt.recorder(), own, SEED).run(durability, kills, Progress.NONE);
            assertThat(tally.attempts()).as("kills at %s", durability).isEqualTo(kills);
            assertThat(tally.problems()).as("after kills at %s", durability).isEmpty();
        }
    }

    @Test
    void a_power_cut_leaves_every_batch_that_was_acknowledged_at_power_loss() throws Exception {
        cutPower(CUTS);
    }

    @Test
    @Tag("long")
    void hundreds_of_power_cuts_leave_every_batch_that_was_acknowledged_at_power_loss() throws Exception {
        cutPower(MANY_CUTS);
    }

    private void cutPower(int cuts) throws Exception {
        assumeCrashConsistent();
        assumeTrue(
                provider().capabilities().durabilities().contains(Durability.POWER_LOSS),
                provider().facts().displayName() + " does not promise to survive a power cut");
        Path own = Files.createDirectory(folder.resolve("cuts"));
        PowerCutRig.Result result =
                new PowerCutRig(provider(), recorder(), own, SEED).run(Durability.POWER_LOSS, cuts, Progress.NONE);
        assertThat(result.unobservable())
                .as("done in a way that a trace cannot hold")
                .isEmpty();
        assertThat(result.tally().attempts()).as("power cuts").isEqualTo(cuts);
        assertThat(result.tally().problems()).as("after power cuts").isEmpty();
        assertThat(result.syncsPerCommit()).as("syncs per acknowledged commit").isGreaterThanOrEqualTo(1);
        assertThat(result.countedSyncsPerCommit())
                .as("log.syncs of the engine's statistics, against the system calls of the same commits")
                .isCloseTo(result.syncsPerCommit(), within(0.02));
    }

    /** At the weakest level, so that the syncs that are counted are not those of the commits. */
    @Test
    void a_sync_reaches_the_device() throws Exception {
        Recorder recorder = recorder();
        Path own = Files.createDirectory(folder.resolve("synced"));
        System.setProperty(SyncedProvider.PROPERTY, provider().getClass().getName());
        try {
            PowerCutRig.Result result = new PowerCutRig(new SyncedProvider(), recorder, own, SEED)
                    .run(Durability.POWER_LOSS, 1, Progress.NONE);
            assumeTrue(
                    result.unobservable().isEmpty(),
                    "done in a way that a trace cannot hold: " + result.unobservable());
            assertThat(result.syncsPerCommit())
                    .as("system calls that sync, per call of sync() after a commit at the weakest level")
                    .isGreaterThanOrEqualTo(1);
        } finally {
            System.clearProperty(SyncedProvider.PROPERTY);
        }
    }

    /** Nothing is promised at this level but that an engine says what it finds. */
    @Test
    void a_process_killed_at_no_durability_leaves_what_opens_or_is_refused_with_a_typed_error() throws Exception {
        assumeTrue(
                provider().capabilities().durabilities().contains(Durability.NONE),
                provider().facts().displayName() + " does not offer NONE");
        int kills = Math.max(2, KILLS / 2);
        Path own = Files.createDirectory(folder.resolve("kills-NONE"));
        Recorder.Attempt attempt = CompiledRecorder.attempt();
        Tally tally = new KillRig(provider(), attempt.recorder(), own, SEED).run(Durability.NONE, kills, Progress.NONE);
        assertThat(tally.attempts())
                .as("folders of processes killed at NONE that opened or were refused with an EngineException")
                .isEqualTo(kills);
    }

    @Test
    void a_full_device_refuses_with_a_typed_error_and_takes_nothing_that_was_acknowledged() throws Exception {
        fillDevices(FULL_DEVICES);
    }

    @Test
    @Tag("long")
    void many_full_devices_refuse_with_a_typed_error_and_take_nothing_that_was_acknowledged() throws Exception {
        fillDevices(MANY_FULL_DEVICES);
    }

    private void fillDevices(int devices) throws Exception {
        assumeCrashConsistent();
        Recorder recorder = recorder();
        for (Durability durability : levels()) {
            Path own = Files.createDirectory(folder.resolve("full-" + durability));
            FullDiskRig.Result result = new FullDiskRig(provider(), recorder, own, SEED).run(durability, devices);
            assumeTrue(result.notTested().isEmpty(), result.notTested());
            assertThat(result.refusals())
                    .as("how the process met the full device")
                    .isNotEmpty()
                    .allMatch(said -> said.contains("EngineException$Full") || said.contains("EngineException$Io"));
            assertThat(result.tally().problems())
                    .as("after full devices at %s", durability)
                    .isEmpty();
        }
    }

    private void assumeCrashConsistent() {
        assumeTrue(
                provider().capabilities().crashConsistent(),
                provider().facts().displayName() + " does not claim to survive a crash");
    }

    private Recorder recorder() throws Exception {
        Recorder.Attempt attempt = CompiledRecorder.attempt();
        assumeTrue(attempt.recorder().isPresent(), attempt.missing());
        return attempt.recorder().orElseThrow();
    }

    private List<Durability> levels() {
        return provider().capabilities().durabilities().stream()
                .filter(level -> level.isAtLeast(Durability.PROCESS_CRASH))
                .sorted()
                .toList();
    }
}
