package io.quorumark.engine.durability;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Kills at seeded random points: what can be done without a recorder. */
final class RandomKills {
    private static final int MOST_BATCHES = 300;
    private static final int ONE_IN_STARTING = 5;
    private static final int MOST_STARTING_MILLIS = 600;
    private static final long ENDLESS = 1_000_000;
    private static final int KILLS_PER_FOLDER = 50;

    private final EngineProvider provider;
    private final Path folder;
    private final long seed;

    /** @param folder empty, the rig's own */
    RandomKills(EngineProvider provider, Path folder, long seed) {
        this.provider = provider;
        this.folder = folder;
        this.seed = seed;
    }

    /**
     * Kills that many times.
     *
     * @throws IOException a process could not be started, or ended by itself
     */
    Tally run(Durability durability, int kills, Progress progress) throws IOException, InterruptedException {
        Tally.Counting tally = new Tally.Counting();
        Random random = new Random(seed);
        long acknowledged = 0;
        Path directory = folder.resolve("0");
        for (int kill = 0; kill < kills; kill++) {
            if (kill % KILLS_PER_FOLDER == 0) {
                directory = folder.resolve(Integer.toString(kill));
                acknowledged = 0;
            }
            acknowledged = Math.max(acknowledged, writeUntilKilled(directory, durability, random));
            Problem problem = Inspection.of(provider, directory, durability, acknowledged);
            tally.came(
                    problem == null
                            ? List.of()
                            : List.of(new Problem(
                                    problem.kind(), "kill " + kill + " of seed " + seed + ": " + problem.detail())));
            if (problem != null) {
                // What comes after damage would only repeat it.
                directory = folder.resolve("after-" + kill);
                acknowledged = 0;
            }
            progress.advanced(kill + 1, kills);
        }
        return tally.done();
    }

    /** @return the last batch that was acknowledged; 0 if none was */
    private long writeUntilKilled(Path directory, Durability durability, Random random)
            throws IOException, InterruptedException {
        boolean whileStarting = random.nextInt(ONE_IN_STARTING) == 0;
        int killAfter = 1 + random.nextInt(MOST_BATCHES);
        int killAfterMillis = random.nextInt(MOST_STARTING_MILLIS);
        Path errors = folder.resolve("errors.txt");
        Process child = ChildJvm.running(
                        provider, folder, List.of(directory.toString(), durability.code(), Long.toString(ENDLESS)))
                .redirectError(errors.toFile())
                .start();
        if (whileStarting) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(killAfterMillis));
            child.toHandle().destroyForcibly();
        }
        long acknowledged = 0;
        int seen = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            String line;
            while ((line = lines.readLine()) != null) {
                acknowledged = Long.parseLong(line);
                if (++seen == killAfter) {
                    // The handle, not the process: what was acknowledged before the kill can still be read.
                    child.toHandle().destroyForcibly();
                }
            }
        }
        child.waitFor();
        if (!whileStarting && seen < killAfter) {
            throw new IOException("the writing process ended by itself after " + seen + " batches: "
                    + Files.readString(errors).lines().limit(3).toList());
        }
        return acknowledged;
    }
}
