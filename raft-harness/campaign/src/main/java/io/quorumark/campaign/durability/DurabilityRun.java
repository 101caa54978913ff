package io.quorumark.campaign.durability;

import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.durability.KillRig;
import io.quorumark.engine.durability.PowerCutRig;
import io.quorumark.engine.durability.Problem;
import io.quorumark.engine.durability.Recorder;
import io.quorumark.engine.durability.Tally;
import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.model.DurabilityFinding.Observed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Tests one engine at one level, as far as it promises something. */
public final class DurabilityRun {
    private final Path folder;
    private final int kills;
    private final int powerCuts;
    private final long seed;
    private final Recorder.Attempt recorder;

    /**
     * @param folder empty, on the device that is meant
     * @param recorder without one, power cannot be cut here
     */
    public DurabilityRun(Path folder, int kills, int powerCuts, long seed, Recorder.Attempt recorder) {
        this.folder = folder;
        this.kills = kills;
        this.powerCuts = powerCuts;
        this.seed = seed;
        this.recorder = recorder;
    }

    /** Is told how far one engine at one level has come, kills first, then power cuts. */
    @FunctionalInterface
    public interface Watcher {
        void advanced(String what, int done, int all);
    }

    /** @throws IOException the rig failed, not the engine */
    public DurabilityFinding of(EngineProvider provider, Durability level, Watcher watcher)
            throws IOException, InterruptedException {
        Capabilities capabilities = provider.capabilities();
        boolean offered = capabilities.durabilities().contains(level);
        if (!offered || level == Durability.NONE || !capabilities.crashConsistent()) {
            return untested(
                    provider,
                    level,
                    offered ? "promises nothing after a crash" : "the engine does not offer this level");
        }
        Path own = Files.createDirectories(folder.resolve(provider.id() + "-" + level));
        Tally killed = new KillRig(provider, recorder.recorder(), Files.createDirectory(own.resolve("kills")), seed)
                .run(level, kills, (done, all) -> watcher.advanced("kills", done, all));
        List<Problem> problems = new ArrayList<>(killed.problems());
        String note = "";
        int cuts = 0;
        double syncs = DurabilityFinding.NOT_COUNTED;
        if (recorder.recorder().isEmpty()) {
            note = level == Durability.POWER_LOSS ? recorder.missing() : "";
        } else {
            int wanted = level == Durability.POWER_LOSS ? powerCuts : 0;
            PowerCutRig rig = new PowerCutRig(
                    provider, recorder.recorder().orElseThrow(), Files.createDirectory(own.resolve("cuts")), seed);
            PowerCutRig.Result result =
                    rig.run(level, Math.max(1, wanted), (done, all) -> watcher.advanced("power cuts", done, all));
            syncs = result.syncsPerCommit();
            if (wanted > 0) {
                cuts = result.tally().attempts();
                problems.addAll(result.tally().problems());
                if (!result.unobservable().isEmpty()) {
                    note = "changes files in a way that a trace cannot hold: "
                            + String.join(", ", result.unobservable());
                }
            }
        }
        return new DurabilityFinding(
                provider.id(),
                provider.facts().libraryVersion(),
                level.code(),
                true,
                observed(level, problems, cuts),
                killed.attempts(),
                cuts,
                syncs,
                problems.stream()
                        .map(problem -> problem.kind() + ": " + problem.detail())
                        .toList(),
                note,
                seed,
                now(),
                kernel());
    }

    private static Observed observed(Durability level, List<Problem> problems, int cuts) {
        if (!problems.isEmpty()) {
            return Observed.LOST;
        }
        return level == Durability.POWER_LOSS && cuts == 0 ? Observed.NOT_TESTED : Observed.KEPT;
    }

    private DurabilityFinding untested(EngineProvider provider, Durability level, String note) {
        return new DurabilityFinding(
                provider.id(),
                provider.facts().libraryVersion(),
                level.code(),
                false,
                Observed.NOT_PROMISED,
                0,
                0,
                DurabilityFinding.NOT_COUNTED,
                List.of(),
                note,
                seed,
                now(),
                kernel());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String kernel() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version");
    }
}
