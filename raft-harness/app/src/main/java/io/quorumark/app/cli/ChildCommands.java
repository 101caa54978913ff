package io.quorumark.app.cli;

import io.quorumark.app.MachineFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs programs one after another, and ends the one that runs when asked to from another thread. Thread-safe. */
final class ChildCommands {
    private @Nullable Process running;
    private boolean stopped;

    /**
     * Runs to the end.
     *
     * @param log what it says, appended
     * @return its exit status
     * @throws MachineFault it cannot be started, or {@link #stop} was called
     */
    int run(Path folder, Path log, List<String> command) throws InterruptedException {
        Process process;
        synchronized (this) {
            if (stopped) {
                throw new MachineFault("'" + String.join(" ", command) + "' was not started: the gate was stopped");
            }
            try {
                process = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
                process.getOutputStream().close();
            } catch (IOException e) {
                throw new MachineFault(
                        "'" + String.join(" ", command) + "' cannot be run in '" + folder + "': " + e.getMessage(), e);
            }
            running = process;
        }
        int status = process.waitFor();
        synchronized (this) {
            running = null;
            if (stopped) {
                throw new MachineFault("the gate was stopped while '" + command.get(0) + "' ran; start it again");
            }
        }
        return status;
    }

    /** Whether {@link #stop} was called. */
    synchronized boolean isStopped() {
        return stopped;
    }

    /** Ends what runs, with all it has started, and lets nothing start any more. */
    synchronized void stop() {
        stopped = true;
        Process process = running;
        if (process != null) {
            List<ProcessHandle> family = process.descendants().toList();
            process.destroyForcibly();
            family.forEach(ProcessHandle::destroyForcibly);
            process.onExit().join();
        }
    }

    /** The last line that a log holds, for a message. */
    static String lastWords(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "it said nothing";
        }
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .reduce("it said nothing", (earlier, later) -> later)
                .strip();
    }
}
