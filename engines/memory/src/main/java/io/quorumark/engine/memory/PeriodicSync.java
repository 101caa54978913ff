package io.quorumark.engine.memory;

import io.quorumark.engine.EngineException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Forces the log at an interval. If that fails, the log remembers why and takes nothing more, and this ends. */
final class PeriodicSync implements AutoCloseable {
    private final WriteAheadLog log;
    private final ScheduledExecutorService timer;

    private PeriodicSync(WriteAheadLog log) {
        this.log = log;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "memory-engine-sync");
            thread.setDaemon(true);
            return thread;
        });
    }

    static PeriodicSync start(WriteAheadLog log, Duration interval) {
        PeriodicSync sync = new PeriodicSync(log);
        ScheduledFuture<?> unused = sync.timer.scheduleWithFixedDelay(
                sync::force, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        return sync;
    }

    private void force() {
        try {
            log.force();
        } catch (EngineException.Io e) {
            // the log is broken from now on and tells whoever comes next
            timer.shutdown();
        }
    }

    /** Returns when the one that runs is done; interrupts nothing. */
    @Override
    public void close() {
        timer.shutdown();
        boolean interrupted = false;
        while (!timer.isTerminated()) {
            try {
                if (timer.awaitTermination(1, TimeUnit.MINUTES)) {
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
