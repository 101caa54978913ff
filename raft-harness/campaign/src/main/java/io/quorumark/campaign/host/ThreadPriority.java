package io.quorumark.campaign.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The kernel's priority of single threads. Java's own priorities do nothing on Linux unless the whole JVM is started for it. */
public final class ThreadPriority {
    /** As far as nice values go without taking a processor from the kernel's own threads: -20 is the most. */
    private static final int NICE = -10;

    private static final Path OWN_THREAD = Path.of("/proc/thread-self");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private ThreadPriority() {}

    /**
     * Raises the calling thread's, if this machine allows it.
     *
     * @return what came of it, in words
     */
    public static String raise() {
        try {
            if (!Files.exists(OWN_THREAD)) {
                return "not raised: the system does not tell which thread this is";
            }
            String thread = Files.readSymbolicLink(OWN_THREAD).getFileName().toString();
            Optional<ToolRun> run = ToolRun.within(
                    PATIENCE,
                    new ProcessBuilder("renice", "-n", Integer.toString(NICE), "-p", thread).redirectErrorStream(true));
            return run.map(ended -> ended.status() == 0
                            ? "raised: nice " + NICE
                            : "not raised: " + ended.said().strip())
                    .orElse("not raised: renice did not end");
        } catch (IOException e) {
            return "not raised: " + e.getMessage();
        }
    }
}
