package io.quorumark.campaign;

import io.quorumark.campaign.host.ChildEnd;
import io.quorumark.campaign.support.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One trial's JVM. Its standard input is a pipe that nobody writes to: when this process dies, however it dies, the pipe ends and the
 * trial's JVM ends itself, so
 * that an interrupted campaign leaves no process behind.
 */
final class TrialProcess {
    /** The exit status of a process that was killed: 128 and the number of {@code SIGKILL}. */
    static final int KILLED = 137;

    private static final Duration END_PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;

    private TrialProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param environment besides this process's own, from which variables with JVM options are taken out
     * @param log where everything goes that the JVM says besides progress
     */
    static TrialProcess start(List<String> command, Path workingFolder, Map<String, String> environment, Path log)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workingFolder.toFile()).redirectErrorStream(true);
        ChildJvm.isolate(builder.environment());
        builder.environment().putAll(environment);
        return new TrialProcess(builder.start(), log);
    }

    /**
     * Waits for the end, passing progress on.
     *
     * @return the exit status; {@link #KILLED} if it had to be ended for exceeding {@code timeout}
     */
    int await(Duration timeout, Consumer<TrialOutput> onProgress) throws IOException, InterruptedException {
        Thread watchdog = new Thread(
                () -> {
                    try {
                        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                            process.destroyForcibly();
                        }
                    } catch (InterruptedException e) {
                        process.destroyForcibly();
                    }
                },
                "trial-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        if (Files.isSymbolicLink(log)) {
            // what it leads to is the log of another campaign, of which this one is a copy
            Files.delete(log);
        }
        try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                PrintWriter logWriter = new PrintWriter(Files.newBufferedWriter(log))) {
            String line;
            while ((line = lines.readLine()) != null) {
                TrialOutput progress = TrialOutput.parse(line);
                if (progress == null) {
                    logWriter.println(line);
                    logWriter.flush();
                } else {
                    onProgress.accept(progress);
                }
            }
        }
        // it has said its last word, or was killed
        return ChildEnd.within(timeout.plus(END_PATIENCE), process, "the trial's JVM");
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** The last thing that the JVM said, stack traces left out, to tell a user why it failed without opening the log. */
    String lastWords() throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .reduce("it said nothing", (earlier, later) -> later)
                .strip();
    }
}
