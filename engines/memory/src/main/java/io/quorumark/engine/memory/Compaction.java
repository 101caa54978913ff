package io.quorumark.engine.memory;

import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.FinishedWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Trades the log for a snapshot file when the log has grown to more than a set length and to more than twice the data. The writer only
 * starts a new log file; writing the snapshot and deleting what it covers happen in the background while commits go on.
 */
final class Compaction implements AutoCloseable {
    private final Path directory;
    private final Store store;
    private final WriteAheadLog log;
    private final MemorySettings settings;
    private final FinishedWork finishedWork = new FinishedWork();
    private final LongAdder finished = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder writtenBytes = new LongAdder();
    private final ExecutorService background;
    private volatile @Nullable Future<?> running;
    /** Why the last one could not be started; null if it could. */
    private volatile @Nullable Throwable notStarted;

    Compaction(Path directory, Store store, WriteAheadLog log, MemorySettings settings) {
        this(directory, store, log, settings, Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "memory-engine-compaction");
            thread.setDaemon(true);
            return thread;
        }));
    }

    /** @param background of one thread; closed with this */
    Compaction(Path directory, Store store, WriteAheadLog log, MemorySettings settings, ExecutorService background) {
        this.directory = directory;
        this.store = store;
        this.log = log;
        this.settings = settings;
        this.background = background;
    }

    /**
     * Writer only, after a commit, which stands: if it cannot be started, as there may be no memory or thread for it, that is told as a
     * {@link #failure}, and tried again. Nothing is allocated for that.
     */
    void startWhereDue(long lastSequence) {
        if (log.fileBytes() > settings.logBytes() && !isRunning() && log.fileBytes() > 2 * store.liveBytes()) {
            try {
                start(lastSequence);
            } catch (RuntimeException | Error e) {
                notStarted = e;
            }
        }
    }

    /**
     * Writer only.
     *
     * @return whether it was started: nothing is done while one runs
     */
    boolean start(long lastSequence) {
        if (isRunning()) {
            return false;
        }
        log.rotate(lastSequence);
        long sequence = store.pin();
        try {
            running = background.submit(() -> {
                try {
                    run(sequence);
                } finally {
                    store.unpin(sequence);
                }
                return null;
            });
        } catch (RuntimeException | Error e) {
            store.unpin(sequence);
            throw e;
        }
        notStarted = null;
        return true;
    }

    private void run(long sequence) throws IOException {
        log.awaitDurable(sequence);
        long began = System.nanoTime();
        Path file = directory.resolve(LogNames.snapshot(sequence));
        SnapshotFile.write(file, store, sequence, settings.key());
        writtenBytes.add(Files.size(file));
        deleteCovered(settings.retention().deleteOlder(directory, Instant.now()));
        nanos.add(System.nanoTime() - began);
        finished.increment();
        finishedWork.ended(BackgroundWork.Kind.COMPACTION, began);
    }

    /**
     * Waits until the one that runs is done.
     *
     * @throws EngineException it failed, or could not be started
     */
    void await() {
        Throwable cause = notStarted;
        if (cause != null) {
            throw failed(cause);
        }
        Future<?> current = running;
        if (current == null) {
            return;
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    current.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failed(Objects.requireNonNullElse(e.getCause(), e));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private EngineException failed(Throwable cause) {
        return cause instanceof EngineException known
                ? known
                : MemoryErrors.ofWrite(
                        directory, directory, cause instanceof IOException io ? io : new IOException(cause));
    }

    /** Those that have finished, with their times. */
    FinishedWork finishedWork() {
        return finishedWork;
    }

    /** How many have finished since opening. */
    long finished() {
        return finished.sum();
    }

    /** What they took, and wrote. */
    long nanos() {
        return nanos.sum();
    }

    long writtenBytes() {
        return writtenBytes.sum();
    }

    /** Why the last one failed, or could not be started; null if it did not. */
    @Nullable
    Throwable failure() {
        Throwable cause = notStarted;
        if (cause != null) {
            return cause;
        }
        Future<?> last = running;
        if (last == null || !last.isDone()) {
            return null;
        }
        try {
            last.get();
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /**
     * Does something that no compaction may disturb by deleting files; after the one that runs. An interrupt cuts it no shorter, and is
     * kept.
     */
    void undisturbed(Callable<@Nullable Void> task) throws IOException {
        Future<@Nullable Void> done = background.submit(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    done.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException known) {
                throw known;
            }
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isRunning() {
        Future<?> current = running;
        return current != null && !current.isDone();
    }

    private void deleteCovered(long sequence) throws IOException {
        // A log is covered when the next one begins at or before the commit after the snapshot.
        var logs = LogNames.logs(directory);
        for (Long first : logs.keySet()) {
            Long next = logs.higherKey(first);
            if (next != null && next <= sequence + 1) {
                Files.delete(logs.get(first));
            }
        }
    }

    /**
     * Waits for the one that runs.
     *
     * @throws EngineException it failed; the log still holds everything
     */
    @Override
    public void close() {
        background.shutdown();
        await();
    }
}
