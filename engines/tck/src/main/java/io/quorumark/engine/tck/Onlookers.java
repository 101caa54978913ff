package io.quorumark.engine.tck;

import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Threads that look at one snapshot after the other while another thread writes. The writer waits for their looks: on a busy machine it
 * could be done before they have begun. For use by the writer's thread.
 */
final class Onlookers implements AutoCloseable {
    private final ExecutorService threads;
    private final AtomicInteger looks = new AtomicInteger();
    private final CompletableFuture<Void> running;
    private volatile boolean stopped;
    private int awaited;

    /** @param look what each thread does with each snapshot; ends the thread if it throws */
    Onlookers(KVEngine engine, int count, Consumer<Snapshot> look) {
        threads = Executors.newFixedThreadPool(count);
        running = CompletableFuture.allOf(Stream.generate(
                        () -> CompletableFuture.runAsync(() -> lookOn(engine, look), threads))
                .limit(count)
                .toArray(CompletableFuture<?>[]::new));
    }

    private void lookOn(KVEngine engine, Consumer<Snapshot> look) {
        try (Session own = engine.openSession()) {
            while (!stopped) {
                try (Snapshot snapshot = own.openSnapshot()) {
                    look.accept(snapshot);
                }
                looks.incrementAndGet();
            }
        }
    }

    /** Returns once a look has ended since this returned last, or all threads have failed, of which {@link #end} tells. */
    void awaitLook() throws InterruptedException {
        while (looks.get() == awaited && !running.isDone()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("waiting for a look at a snapshot");
            }
            Thread.onSpinWait();
        }
        awaited = looks.get();
    }

    /** @throws ExecutionException a look threw */
    void end() throws InterruptedException, ExecutionException {
        stopped = true;
        running.get();
    }

    /** Waits for the last looks: sessions are closed when this returns. */
    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
        running.handle((nothing, failure) -> failure).join();
    }
}
