package io.quorumark.engine.mapdb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Runs a call on a thread that nobody interrupts, and waits for it.
 *
 * <p>An interrupt closes a file channel in use, and MapDB cannot map more of its file without its channel. Only calls that touch a channel come here: opening a
 * store, and growing its file by the next megabyte.
 */
final class Undisturbed {
    private Undisturbed() {}

    static <T> T call(Supplier<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(call.get());
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "mapdb-file");
        thread.setDaemon(true);
        thread.start();
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }
}
