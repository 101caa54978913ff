package org.example.tiny;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Saves the state now and then, on a thread of its own that the engine's provider names. */
final class Saver {
    static final String THREAD = "tiny-saver";

    private static final int COMMITS_BETWEEN = 500;

    private final Path folder;
    private final Supplier<State> latest;
    private final AtomicBoolean isQueued = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, THREAD);
        daemon.setDaemon(true);
        return daemon;
    });
    private volatile @Nullable IOException failure;

    Saver(Path folder, Supplier<State> latest) {
        this.folder = folder;
        this.latest = latest;
    }

    /** Told after every commit. */
    void committed(long commits) {
        if (commits % COMMITS_BETWEEN == 0 && isQueued.compareAndSet(false, true)) {
            thread.execute(this::saveInBackground);
        }
    }

    private void saveInBackground() {
        isQueued.set(false);
        try {
            save();
            failure = null;
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Durable on return. */
    synchronized void save() throws IOException {
        DataFile.write(folder, latest.get());
    }

    /** Why the latest save in the background failed. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Waits for a save that is under way. An interrupt is kept for the caller. */
    void stop() {
        thread.shutdown();
        boolean interrupted = false;
        while (!thread.isTerminated()) {
            try {
                boolean unused = thread.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
