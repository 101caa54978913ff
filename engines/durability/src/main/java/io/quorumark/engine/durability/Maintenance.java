package io.quorumark.engine.durability;

import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an engine busy beside commits: every so many of them it is asked to compact, to make a checkpoint or to sync, one after the
 * other, in a thread of its own.
 */
final class Maintenance {
    private static final int EVERY_BATCHES = 20;

    private final KVEngine engine;
    private final Path folder;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "maintenance");
        daemon.setDaemon(true); // a writer that failed ends, whatever is done beside it
        return daemon;
    });
    private int round;
    private @Nullable Future<?> running;

    /** @param folder for checkpoints, which are removed again */
    Maintenance(KVEngine engine, Path folder) {
        this.engine = engine;
        this.folder = folder;
    }

    /** @throws IOException what was asked for before failed */
    void committed(long number) throws IOException, InterruptedException {
        if (number % EVERY_BATCHES == 0 && (running == null || running.isDone())) {
            check();
            int task = round++ % 3;
            running = thread.submit(() -> {
                run(task);
                return null;
            });
        }
    }

    private void run(int task) throws IOException {
        try {
            switch (task) {
                case 0 -> engine.compact();
                case 1 -> {
                    Path copy = folder.resolve("checkpoint");
                    Folders.delete(copy);
                    engine.checkpoint(copy);
                    Folders.delete(copy);
                }
                default -> engine.sync();
            }
        } catch (EngineException.Unsupported refused) {
            // The engine does not claim it.
        }
    }

    private void check() throws IOException, InterruptedException {
        if (running != null) {
            try {
                running.get();
            } catch (ExecutionException e) {
                throw new IOException("the engine's work beside commits failed", e);
            }
        }
    }

    /** Waits for what is under way. */
    void end() throws IOException, InterruptedException {
        thread.shutdown();
        check();
    }
}
