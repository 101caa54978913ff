package io.quorumark.campaign.host;

import io.quorumark.campaign.support.HarnessException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The end of a process that this one has started, waited for within a limit. */
public final class ChildEnd {
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(30);

    private ChildEnd() {}

    /**
     * Waits for the end of a process that has done its work. An interrupt does not end the wait.
     *
     * @param what it is, to start a sentence
     * @return the exit status
     * @throws HarnessException it does not end within {@code patience}
     */
    public static int within(Duration patience, Process process, String what) {
        try {
            return process.onExit()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join()
                    .exitValue();
        } catch (CompletionException late) {
            throw new HarnessException(
                    what + " (process " + process.pid() + ", state " + ProcessState.of(process.pid())
                            + ") has not ended within " + patience.toMillis()
                            + " ms; look at what holds it, such as a disk that does not answer",
                    late);
        }
    }

    /**
     * Kills a process and waits for its end; returns at once if it has ended.
     *
     * @param what it is, to start a sentence
     * @throws HarnessException it does not end, as one that waits for a disk may not
     */
    public static void byKilling(Process process, String what) {
        process.destroyForcibly();
        within(KILL_PATIENCE, process, what);
    }
}
