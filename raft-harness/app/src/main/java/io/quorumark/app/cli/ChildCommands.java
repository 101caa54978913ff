package io.quorumark.app.cli;

import io.quorumark.campaign.host.ChildEnd;
import io.quorumark.campaign.support.HarnessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs programs, and ends those that run when asked to from another thread. Thread-safe. */
final class ChildCommands {
    private final Set<Process> running = new HashSet<>();
    private boolean stopped;

    /** One that was started. */
    final class Child {
        private final Process process;
        private final String name;

        private Child(Process process, String name) {
            this.process = process;
            this.name = name;
        }

        boolean hasEnded() {
            return !process.isAlive();
        }

        /**
         * Waits for the end, however long it takes: how long a build or a campaign runs is not for this to say, and
         * {@link #stop} ends it.
         *
         * @return its exit status
         * @throws HarnessException {@link #stop} was called
         */
        int await() throws InterruptedException {
            int status = process.waitFor();
            synchronized (ChildCommands.this) {
                running.remove(process);
                if (stopped) {
                    throw new HarnessException("the gate was stopped while '" + name + "' ran; start it again");
                }
            }
            return status;
        }
    }

    /**
     * @param log what it says, appended
     * @param environment beyond this process's own
     * @throws HarnessException it cannot be started, or {@link #stop} was called
     */
    synchronized Child start(Path folder, Path log, List<String> command, Map<String, String> environment) {
        if (stopped) {
            throw new HarnessException("'" + String.join(" ", command) + "' was not started: the gate was stopped");
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            running.add(process);
            process.getOutputStream().close();
            return new Child(process, command.get(0));
        } catch (IOException e) {
            throw new HarnessException(
                    "'" + String.join(" ", command) + "' cannot be run in '" + folder + "': " + e.getMessage(), e);
        }
    }

    /**
     * Runs to the end.
     *
     * @param log what it says, appended
     * @return its exit status
     * @throws HarnessException it cannot be started, or {@link #stop} was called
     */
    int run(Path folder, Path log, List<String> command) throws InterruptedException {
        return start(folder, log, command, Map.of()).await();
    }

    /** Whether {@link #stop} was called. */
    synchronized boolean isStopped() {
        return stopped;
    }

    /** Ends what runs, with all it has started, and lets nothing start any more. */
    synchronized void stop() {
        stopped = true;
        for (Process process : running) {
            List<ProcessHandle> family = process.descendants().toList();
            process.destroyForcibly();
            family.forEach(ProcessHandle::destroyForcibly);
            ChildEnd.byKilling(process, "what the gate has started");
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
