package io.quorumark.engine.durability;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Kills a writing process with SIGKILL, checks what it left, and lets the next process go on from there: so that what recovery has mended
 * is written to and killed again. With a recorder the kills are aimed, see {@link AimedKills}; without one they are random. Says nothing
 * about power loss.
 */
public final class KillRig {
    private final EngineProvider provider;
    private final Optional<Recorder> recorder;
    private final Path folder;
    private final long seed;

    /** @param folder empty, the rig's own */
    public KillRig(EngineProvider provider, Optional<Recorder> recorder, Path folder, long seed) {
        this.provider = provider;
        this.recorder = recorder;
        this.folder = folder;
        this.seed = seed;
    }

    /**
     * Kills that many times.
     *
     * @return as many attempts as there were kills; with a recorder, each with the problems of the moments around it
     * @throws IOException a process could not be started, or ended by itself
     */
    public Tally run(Durability durability, int kills, Progress progress) throws IOException, InterruptedException {
        return recorder.isPresent()
                ? new AimedKills(provider, recorder.get(), folder.toRealPath(), seed).run(durability, kills, progress)
                : new RandomKills(provider, folder, seed).run(durability, kills, progress);
    }
}
