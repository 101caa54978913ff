package io.quorumark.raft.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a member's process can be found.
 *
 * @param pid its number, as the machine or container that it runs in counts
 * @param space which machine or container that is, by the kernel's boot id and the namespace of its process numbers; empty where the system does not tell
 */
public record ProcessPlace(long pid, String space) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    /** Of the process that asks. */
    public static ProcessPlace ofThisProcess() {
        return new ProcessPlace(ProcessHandle.current().pid(), thisSpace());
    }

    /** Whether the process that asks knows this one by the same number. */
    public boolean isHere() {
        return !space.isEmpty() && space.equals(thisSpace());
    }

    private static String thisSpace() {
        try {
            return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(NAMESPACE);
        } catch (IOException notLinux) {
            // documented: the system does not tell
            return "";
        }
    }
}
