package io.quorumark.campaign;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress on a terminal: a line for each trial that has ended, and below them one that moves. */
public final class TerminalProgress implements Progress {
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final ProgressBar bar;
    private String trial = "";
    private String left = "";
    private String live = "";

    public TerminalProgress(PrintStream out, BlockPlan blockPlan) {
        this.out = out;
        this.bar = new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(blockPlan.trials())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .setMaxRenderedLength(100)
                .hideEta()
                .setConsumer(new ConsoleProgressBarConsumer(out, 100))
                .build();
    }

    @Override
    public void trialStarted(int number, BlockPlan blockPlan, String engine, String workload, int block) {
        bar.maxHint(number <= blockPlan.trials() ? blockPlan.trials() : blockPlan.maxTrials());
        trial = String.format(Locale.ROOT, "%-8s %s, block %d", engine, workload, block + 1);
        live = "starting";
        show();
    }

    @Override
    public void trialRunning(TrialOutput output) {
        live = output.opsPerSecond() > 0
                ? String.format(
                        Locale.ROOT,
                        "%s %,.0f op/s p99 %.2f ms",
                        output.phase(),
                        output.opsPerSecond(),
                        output.p99Micros() / 1000)
                : output.phase();
        show();
    }

    @Override
    public void trialEnded(String summary) {
        out.printf(Locale.ROOT, "%s%s  %s%n", CLEAR_LINE, trial, summary);
        bar.step();
        live = "";
        show();
    }

    @Override
    public void remaining(Duration least, Duration most) {
        left = Durations.text(least, most) + " left";
        show();
    }

    private void show() {
        bar.setExtraMessage(" " + left + (live.isEmpty() ? "" : ", " + trial + ": " + live));
    }

    @Override
    public void close() {
        bar.close();
        out.print(CLEAR_LINE);
        out.flush();
    }
}
