package io.quorumark.campaign.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long the kernel may let a thread that sleeps until a moment sleep on, to wake up several at once: 50 microseconds unless the thread
 * asks for less.
 */
public final class TimerSlack {
    private static final Path OWN_THREAD = Path.of("/proc/thread-self");
    private static final String LEAST_NANOS = "1";

    private TimerSlack() {}

    /**
     * Takes it from the calling thread, if this machine allows it. Other threads keep theirs.
     *
     * @return what came of it, in words
     */
    public static String remove() {
        try {
            if (!Files.exists(OWN_THREAD)) {
                return "not removed: the system does not tell which thread this is";
            }
            // the folder of the thread itself, which /proc does not list: the one of its process has the slack of the
            // first thread
            Path slack = Path.of("/proc")
                    .resolve(Files.readSymbolicLink(OWN_THREAD).getFileName())
                    .resolve("timerslack_ns");
            String before = Files.readString(slack).strip();
            Files.writeString(slack, LEAST_NANOS);
            return "removed: " + Files.readString(slack).strip() + " ns, " + before + " before";
        } catch (IOException e) {
            return "not removed: " + e;
        }
    }
}
