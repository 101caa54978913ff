package io.quorumark.engine.support;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a device without room from a broken one. The JDK's exceptions have no code for it, only the system's words. */
public final class NoRoom {
    /** What the system says of a full device, of a user who may not have more of it, and of a file that may not be longer. */
    private static final List<String> SAID =
            List.of("No space left on device", "Disk quota exceeded", "File too large");

    private NoRoom() {}

    /** Whether a failure, or one that caused it, says so. */
    public static boolean isBehind(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (SAID.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }
}
