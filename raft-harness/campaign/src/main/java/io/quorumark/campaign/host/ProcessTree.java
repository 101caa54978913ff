package io.quorumark.campaign.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The processor time of this process, of those that it has started, and of the one that started it: a campaign's own work beside a trial.
 */
public final class ProcessTree {
    /**
     * Places among the fields after the command's name in {@code /proc/PID/stat}, see proc(5): own user and system time, then those of
     * children that have been waited for.
     */
    private static final int USER = 11;

    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private ProcessTree() {}

    /** Since each of them began, in nanoseconds, to ten milliseconds; 0 if the system does not tell. */
    public static long cpuNanos() throws IOException {
        ProcessHandle self = ProcessHandle.current();
        long nanos = nanos(self.pid(), USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM);
        for (ProcessHandle descendant : self.descendants().toList()) {
            nanos += nanos(descendant.pid(), USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM);
        }
        if (self.parent().isPresent()) {
            // its children's time would hold trials that have ended
            nanos += nanos(self.parent().get().pid(), USER, SYSTEM);
        }
        return nanos;
    }

    private static long nanos(long pid, int... fields) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.isReadable(stat)) {
            return 0;
        }
        String text = Files.readString(stat);
        List<String> after = List.of(text.substring(text.lastIndexOf(')') + 2).split(" "));
        long ticks = 0;
        for (int field : fields) {
            ticks += Long.parseLong(after.get(field));
        }
        return ticks * ProcessUsage.NANOS_PER_TICK;
    }
}
