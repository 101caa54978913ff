package io.quorumark.campaign.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of a program that answers and ends, such as {@code git} or {@code du}. Both are waited for within a limit: a
 * program that says nothing and holds its output open would otherwise be read from for ever.
 *
 * @param status the exit status
 * @param said what it wrote to its output
 */
public record ToolRun(int status, String said) {
    /**
     * Runs it, with nothing to read. An interrupt does not end the wait.
     *
     * @return empty if it took longer than {@code patience}; it and what it has started are killed then
     * @throws IOException there is no such program, or what it says cannot be read
     */
    public static Optional<ToolRun> within(Duration patience, ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<byte[]> said = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try {
                        said.complete(process.getInputStream().readAllBytes());
                    } catch (IOException e) {
                        said.completeExceptionally(new UncheckedIOException(e));
                    }
                },
                "tool-output");
        reader.setDaemon(true);
        reader.start();
        try {
            byte[] bytes = said.thenCombine(process.onExit(), (text, ended) -> text)
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return Optional.of(new ToolRun(process.exitValue(), new String(bytes, StandardCharsets.UTF_8)));
        } catch (CompletionException e) {
            kill(process);
            if (e.getCause() instanceof TimeoutException) {
                return Optional.empty();
            }
            throw new IOException("what process " + process.pid() + " says cannot be read: " + e.getCause(), e);
        }
    }

    private static void kill(Process process) {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
