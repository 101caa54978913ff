package io.quorumark.app.campaign;

import io.quorumark.app.MachineFault;
import io.quorumark.app.turns.Turns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Stops one trial for a share of its time, where the trial is to be slower by a known share and no gate keeps turns that would do so. For one trial. */
final class TrialSlowdown {
    private static final int SIDE = 0;

    private final Turns turns;
    private @Nullable CompletableFuture<Void> kept;

    /** @param file absent; in a folder that is removed after the trial */
    TrialSlowdown(Path file) throws IOException {
        this.turns = new Turns(file, Turns.SLICE);
    }

    /** What the trial's process needs in its environment. */
    Map<String, String> environment() {
        return turns.environment(SIDE);
    }

    /** Goes on until the trial's process has ended. */
    void begin(TrialProcess trial) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        kept = future;
        Thread thread = new Thread(
                () -> {
                    try {
                        turns.keep(side -> side != SIDE || trial.hasEnded(), number -> {});
                        future.complete(null);
                    } catch (InterruptedException | RuntimeException e) {
                        future.completeExceptionally(e);
                    }
                },
                "trial-slowdown");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits for the end, to be called once the trial's process has ended.
     *
     * @throws MachineFault the trial could not be stopped as asked for
     */
    void end() {
        try {
            if (kept != null) {
                kept.join();
            }
        } catch (CompletionException e) {
            throw new MachineFault("a trial could not be made slower by a known share: " + e.getCause(), e);
        }
    }
}
