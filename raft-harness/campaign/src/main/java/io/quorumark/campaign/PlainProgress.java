package io.quorumark.campaign;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Progress for a log file: one line when a trial ends. Nothing moves. */
public final class PlainProgress implements Progress {
    private final PrintStream out;
    private String trial = "";
    private String left = "";

    public PlainProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void trialStarted(int number, BlockPlan blockPlan, String engine, String workload, int block) {
        String of = blockPlan.trials() < blockPlan.maxTrials() && number <= blockPlan.trials()
                ? blockPlan.trials() + "-" + blockPlan.maxTrials()
                : String.valueOf(blockPlan.maxTrials());
        trial = String.format(Locale.ROOT, "[%d/%s] block %d  %-8s %s", number, of, block + 1, engine, workload);
    }

    @Override
    public void trialRunning(TrialOutput output) {
        // A line a second would bury the lines that matter.
    }

    @Override
    public void trialEnded(String summary) {
        out.printf(Locale.ROOT, "%s  %s  (about %s left)%n", trial, summary, left);
    }

    @Override
    public void remaining(Duration least, Duration most) {
        left = Durations.text(least, most);
    }

    @Override
    public void close() {
        out.flush();
    }
}
