package io.quorumark.campaign;

import io.quorumark.campaign.interleave.Turns;
import io.quorumark.campaign.support.HarnessException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Stops one trial for a share of its time, if the trial is to be slower by a known share and no gate keeps turns that would do so. For one
 * trial.
 */
final class TrialSlowdown {
    private static final int SIDE = 0;

    private final Turns turns;
    private @Nullable FutureTask<Void> kept;

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
        FutureTask<Void> task = new FutureTask<>(() -> {
            turns.keep(side -> side != SIDE || trial.hasEnded(), number -> {});
            return null;
        });
        kept = task;
        Thread thread = new Thread(task, "trial-slowdown");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits for the end, to be called once the trial's process has ended.
     *
     * @throws HarnessException the trial could not be stopped as asked for
     */
    void end() throws InterruptedException {
        try {
            if (kept != null) {
                kept.get();
            }
        } catch (ExecutionException e) {
            throw new HarnessException("a trial could not be made slower by a known share: " + e.getCause(), e);
        }
    }
}
