package io.quorumark.engine.support;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Runs a call on a thread that nobody interrupts, and waits for it.
 *
 * <p>For libraries that an interrupt breaks, because it closes a file channel in use: for what is seldom, such as opening, closing and
 * growing a file. The caller's interrupt is kept.
 */
public final class Undisturbed {
    private Undisturbed() {}

    /**
     * What the call returns or throws.
     *
     * @param threadName such as {@code mapdb-file}
     */
    public static <T> T call(String threadName, Supplier<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(call.get());
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                threadName);
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
