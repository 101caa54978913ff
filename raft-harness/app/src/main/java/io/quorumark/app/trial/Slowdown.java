package io.quorumark.app.trial;

import io.quorumark.app.MachineFault;
import io.quorumark.workload.driver.NanoClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes this process slower by a known share: again and again all its threads are stopped for a moment ({@code SIGSTOP}), as if the machine had that much less time for them.
 * Nothing is caught up meanwhile, as members, clients, compaction and collection stand still together; only what the device was given goes on. It is there for the cells of a
 * known-slowdown arm, and, to count a gate's misses, where the trial's JVM has the system property {@value #PROPERTY}; both are stored with the campaign.
 *
 * <p>A shell stops this process and lets it go on, and then answers. What a stop really took is measured, and the next one is longer or shorter by the difference.
 */
final class Slowdown implements AutoCloseable {
    /** Share of the time, such as {@code 0.1}. */
    static final String PROPERTY = "quorumark.injectedSlowdown";

    // What a terminal sends to everybody does not end the shell between the two signals.
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            while read -r seconds; do
              kill -s STOP "$1"
              sleep "$seconds"
              kill -s CONT "$1"
              echo done
            done
            exit 0
            """;

    /** Between two stops: short against a second of the series, and long enough that a stop is longer than what it takes to start one, about 1 ms. */
    private static final long RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long SHORTEST_STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final double share;
    private final NanoClock clock;
    private final Process shell;
    private final Writer commands;
    private final BufferedReader answers;
    private final Thread thread = new Thread(this::slow, "trial-slowdown");
    private volatile boolean finished;
    private volatile @Nullable Exception failure;
    private long ranNanos;
    private long stoppedNanos;

    private Slowdown(double share, NanoClock clock, Process shell) {
        this.share = share;
        this.clock = clock;
        this.shell = shell;
        this.commands = shell.outputWriter(StandardCharsets.US_ASCII);
        this.answers = new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII));
        thread.setDaemon(true);
    }

    /**
     * Of this process; nothing, unless its cell is slowed or this JVM was started with {@value #PROPERTY}. Takes effect with {@link #start}.
     *
     * @param ofCell share of time that the cell asks for; 0 for none
     * @param clock that the share is of
     * @throws IllegalArgumentException the property is no share
     */
    static Optional<Slowdown> asAskedFor(double ofCell, NanoClock clock) {
        String ofJvm = System.getProperty(PROPERTY);
        double share = 1 - (1 - ofCell) * (1 - (ofJvm == null ? 0 : checked(Double.parseDouble(ofJvm))));
        return share == 0 ? Optional.empty() : Optional.of(ofThisProcess(share, clock));
    }

    private static double checked(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the injected slowdown (" + PROPERTY + ") is " + share
                    + ", expected more than 0 and less than 1, such as 0.1");
        }
        return share;
    }

    static Slowdown ofThisProcess(double share, NanoClock clock) {
        String self = Long.toString(ProcessHandle.current().pid());
        try {
            return new Slowdown(share, clock, new ProcessBuilder("sh", "-c", SCRIPT, "sh", self).start());
        } catch (IOException e) {
            throw new MachineFault(
                    "'sh' cannot be run, which slows a trial down by a known share: " + e.getMessage(), e);
        }
    }

    /** That it is to take. */
    double share() {
        return share;
    }

    void start() {
        thread.start();
    }

    private void slow() {
        try {
            double owedNanos = 0;
            long wentOn = clock.nanoTime();
            while (!finished) {
                clock.parkUntil(wentOn + RUN_NANOS);
                long now = clock.nanoTime();
                if (now - wentOn < RUN_NANOS) {
                    continue;
                }
                ranNanos += now - wentOn;
                owedNanos += (now - wentOn) * share / (1 - share);
                wentOn = now;
                if (owedNanos >= SHORTEST_STOP_NANOS) {
                    stopFor(owedNanos);
                    wentOn = clock.nanoTime();
                    stoppedNanos += wentOn - now;
                    owedNanos -= wentOn - now;
                }
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void stopFor(double nanos) throws IOException {
        commands.write(String.format(Locale.ROOT, "%.6f\n", nanos / 1e9));
        commands.flush();
        if (answers.readLine() == null) {
            throw new IOException(
                    "it ended with status " + shell.onExit().join().exitValue());
        }
    }

    /**
     * Ends it.
     *
     * @return the share of the time in which this process was stopped
     * @throws MachineFault it could not be stopped as asked for
     */
    double finish() throws InterruptedException {
        finished = true;
        thread.join();
        Exception cause = failure;
        if (cause != null) {
            throw new MachineFault(
                    "the shell that slows this trial down by a known share fails: " + cause.getMessage(), cause);
        }
        return (double) stoppedNanos / Math.max(1, ranNanos + stoppedNanos);
    }

    /** Ends the shell, which lets this process go on first. */
    @Override
    public void close() throws IOException {
        finished = true;
        commands.close();
        shell.onExit().join();
    }
}
