package io.quorumark.engine.durability;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Kills a recorded process at calls that matter, while it commits and does its background work, and looks at what was left: after the
 * kill itself, and at many moments before it. A process that is killed between two of its calls leaves what its calls did up to there, so
 * the trace of one killed process holds what as many kills as there are events would have left; each moment costs an opening instead of a
 * process.
 */
final class AimedKills {
    private static final int ENDLESS = 1_000_000;
    private static final int KILLS_PER_FOLDER = 4;
    private static final int MOMENTS = 320;
    private static final int FEWEST_MOMENTS_PER_KILL = 4;
    private static final int MOST_MOMENTS_PER_KILL = 40;
    private static final int KILLED = 128 + 9;

    private final EngineProvider provider;
    private final Recorder recorder;
    private final Path folder;
    private final Random random;
    private final long seed;

    AimedKills(EngineProvider provider, Recorder recorder, Path folder, long seed) {
        this.provider = provider;
        this.recorder = recorder;
        this.folder = folder;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Processes that go on from one another, and what they did together. */
    private static final class Lives {
        private final Path root;
        private final FolderImage image = new FolderImage();
        private Trace trace = new Trace(List.of());
        private List<Trace.Event> longest = List.of();
        private int count;

        Lives(Path root) {
            this.root = root;
        }

        void add(Trace life) {
            trace = trace.followedBy(life);
            if (life.events().size() > longest.size()) {
                longest = life.events();
            }
            count++;
        }
    }

    Tally run(Durability durability, int kills, Progress progress) throws IOException, InterruptedException {
        int moments = Math.max(FEWEST_MOMENTS_PER_KILL, Math.min(MOST_MOMENTS_PER_KILL, MOMENTS / kills));
        Tally.Counting tally = new Tally.Counting();
        Lives lives = null;
        try (ImageFolder images = ImageFolder.near(folder)) {
            for (int kill = 0; kill < kills; kill++) {
                if (lives == null) {
                    lives = new Lives(Files.createDirectory(folder.resolve("kills-" + kill)));
                }
                List<Problem> problems = killOnce(lives, images.path(), durability, moments, kill);
                tally.came(problems);
                progress.advanced(kill + 1, kills);
                // What comes after damage would only repeat it.
                if (!problems.isEmpty() || lives.count == KILLS_PER_FOLDER) {
                    Folders.delete(lives.root);
                    lives = null;
                }
            }
        }
        return tally.done();
    }

    private List<Problem> killOnce(Lives lives, Path images, Durability durability, int moments, int kill)
            throws IOException, InterruptedException {
        int before = lives.trace.events().size();
        KillAim aim = KillAim.chosen(lives.longest, random);
        lives.add(life(lives.root, durability, aim));
        Acknowledged acknowledged = Acknowledged.in(lives.trace, lives.root);
        int end = lives.trace.events().size();
        List<Problem> problems = new ArrayList<>();
        Path copy = images.resolve("copy");
        Folders.delete(copy);
        FolderCopy.make(Recorder.engine(lives.root), copy);
        add(problems, kill, "at " + aim.setting(), inspect(copy, durability, acknowledged.before(end)));
        if (lives.trace.unseen().isEmpty()) {
            NavigableSet<Integer> chosen = Moments.chosen(acknowledged, before, moments, random);
            for (int event = before; event < end; event++) {
                if (chosen.contains(event)) {
                    add(
                            problems,
                            kill,
                            "after event " + event + " of " + end,
                            look(lives, images, durability, acknowledged, event));
                }
                lives.image.apply(lives.trace.events().get(event));
            }
        }
        return problems;
    }

    private void add(List<Problem> problems, int kill, String when, @Nullable Problem problem) {
        if (problem != null) {
            problems.add(new Problem(
                    problem.kind(), "kill " + kill + " of seed " + seed + ", " + when + ": " + problem.detail()));
        }
    }

    private Trace life(Path root, Durability durability, KillAim aim) throws IOException, InterruptedException {
        Path work = Files.createDirectories(folder.resolve("work"));
        Path trace = work.resolve("trace.bin");
        Recorder.Outcome outcome = recorder.run(
                WriterProcess.maintaining(provider, root, work, durability, ENDLESS),
                root,
                Map.of("QUORUMARK_KILL_AT", aim.setting()),
                trace,
                work.resolve("errors.txt"));
        if (outcome.exitCode() != KILLED) {
            throw new IOException(
                    "the writing process ended by itself with " + outcome.exitCode() + ": " + outcome.said());
        }
        return Trace.read(trace);
    }

    private @Nullable Problem look(
            Lives lives, Path images, Durability durability, Acknowledged acknowledged, int event) throws IOException {
        Path made = images.resolve("moment");
        Folders.delete(made);
        long last = acknowledged.before(event);
        if (!lives.image.writeTo(Recorder.engine(lives.root), made) && last == 0) {
            return null;
        }
        return inspect(made, durability, last);
    }

    private @Nullable Problem inspect(Path directory, Durability durability, long acknowledged) {
        return Inspection.of(provider, directory, durability, acknowledged);
    }
}
