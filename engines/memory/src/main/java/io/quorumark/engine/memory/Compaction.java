package io.quorumark.engine.memory;

import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Trades the log for a snapshot file when the log has grown to more than a set length and to more than twice the data. The writer only starts a new log file; writing the
 * snapshot and deleting what it covers happen in the background while commits go on.
 */
final class Compaction implements AutoCloseable {
    private final Path directory;
    private final List<VersionedMap> maps;
    private final SequencesInUse sequences;
    private final WriteAheadLog log;
    private final long logBytes;
    private final LongAdder finished = new LongAdder();
    private final ExecutorService background;
    private volatile @Nullable Future<?> running;

    Compaction(Path directory, List<VersionedMap> maps, SequencesInUse sequences, WriteAheadLog log, long logBytes) {
        this.directory = directory;
        this.maps = maps;
        this.sequences = sequences;
        this.log = log;
        this.logBytes = logBytes;
        this.background = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "memory-engine-compaction");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Writer only, after a commit. */
    void startWhereDue(long lastSequence) {
        if (log.fileBytes() > logBytes && !isRunning() && log.fileBytes() > 2 * liveBytes()) {
            start(lastSequence);
        }
    }

    /** Writer only. Does nothing while one runs. */
    void start(long lastSequence) {
        if (isRunning()) {
            return;
        }
        log.rotate(lastSequence);
        long sequence = sequences.pin();
        running = background.submit(() -> {
            try {
                log.awaitDurable(sequence);
                SnapshotFile.write(directory.resolve(LogNames.snapshot(sequence)), maps, sequence);
                deleteCovered(sequence);
                finished.increment();
            } finally {
                sequences.unpin(sequence);
            }
            return null;
        });
    }

    /**
     * Waits until the one that runs is done.
     *
     * @throws EngineException it failed
     */
    void await() {
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
                    throw MemoryErrors.ofWrite(
                            directory,
                            directory,
                            e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How long the log may grow. */
    long logBytes() {
        return logBytes;
    }

    /** How many have finished since opening. */
    long finished() {
        return finished.sum();
    }

    private boolean isRunning() {
        Future<?> current = running;
        return current != null && !current.isDone();
    }

    private long liveBytes() {
        return maps.stream().mapToLong(VersionedMap::liveBytes).sum();
    }

    private void deleteCovered(long sequence) throws IOException {
        for (Path older : LogNames.snapshots(directory).headMap(sequence).values()) {
            Files.delete(older);
        }
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
