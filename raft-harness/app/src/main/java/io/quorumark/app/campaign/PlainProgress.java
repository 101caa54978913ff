package io.quorumark.app.campaign;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Progress for a log file: one line when a trial ends. Nothing moves. */
public final class PlainProgress implements Progress {
    private final PrintStream out;
    private String trial = "";
    private Duration left = Duration.ZERO;

    public PlainProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void trialStarted(int number, int of, String engine, String workload, int block) {
        trial = String.format(Locale.ROOT, "[%d/%d] block %d  %-8s %s", number, of, block + 1, engine, workload);
    }

    @Override
    public void trialRunning(TrialOutput output) {
        // A line a second would bury the lines that matter.
    }

    @Override
    public void trialEnded(String summary) {
        out.printf(Locale.ROOT, "%s  %s  (about %s left)%n", trial, summary, Durations.text(left));
    }

    @Override
    public void remaining(Duration expected) {
        left = expected;
    }

    @Override
    public void close() {
        out.flush();
    }
}
