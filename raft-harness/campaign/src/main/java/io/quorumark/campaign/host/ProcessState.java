package io.quorumark.campaign.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether another process runs. {@link ProcessHandle} counts one as alive that has ended and whose parent has not asked how (a zombie),
 * which is usual if the first process of a container asks nobody: such a one never goes away.
 */
public final class ProcessState {
    private static final String ENDED_STATES = "ZXx";

    private ProcessState() {}

    /** False for a process that is not there, and for one that has ended but is still listed. */
    public static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && ENDED_STATES.indexOf(of(pid)) < 0;
    }

    /** The state's letter of {@code /proc/PID/stat}; {@code ?} if the operating system has none. */
    public static char of(long pid) {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            // no such process any more, or no such file system: the caller has asked about the former already
            return '?';
        }
        // the program's name stands in parentheses and may hold some itself
        int letter = stat.lastIndexOf(')') + 2;
        return letter < stat.length() ? stat.charAt(letter) : '?';
    }
}
