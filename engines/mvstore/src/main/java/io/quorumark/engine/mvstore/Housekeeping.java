package io.quorumark.engine.mvstore;

import io.quorumark.engine.EngineException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Rewrites chunks of which little is needed, a part of the budget each second, as a writer among others. MVStore's own thread would store
 * changes of a commit that is not whole yet.
 */
final class Housekeeping {
    private static final long PERIOD_SECONDS = 1;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread own = new Thread(work, "mvstore-housekeeping");
        own.setDaemon(true);
        return own;
    });

    private Housekeeping() {}

    static Housekeeping of(OpenStore store, MvStoreSettings settings) {
        Housekeeping housekeeping = new Housekeeping();
        int bytes = (int) Math.min(Integer.MAX_VALUE, settings.unsavedBytes() / 4);
        var unused = housekeeping.thread.scheduleWithFixedDelay(
                () -> {
                    if (store.broken() == null) {
                        try {
                            store.compact(settings.autoCompactFillRate(), bytes);
                        } catch (EngineException kept) {
                            // The store keeps it and tells every later call, and its health.
                        }
                    }
                },
                PERIOD_SECONDS,
                PERIOD_SECONDS,
                TimeUnit.SECONDS);
        return housekeeping;
    }

    /** Waits for a round that is under way. */
    void end() {
        boolean interrupted = false;
        thread.shutdown();
        while (true) {
            try {
                if (thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
