package io.quorumark.app.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress of commands that know how many steps they take. */
final class ProgressBars {
    private ProgressBars() {}

    /** On the error stream, with the time that has passed and the time that is left. The caller closes it. */
    static ProgressBar of(String task, long steps) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .continuousUpdate()
                .build();
    }
}
