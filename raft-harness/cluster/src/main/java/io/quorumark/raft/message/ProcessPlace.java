package io.quorumark.raft.message;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a member's process and data can be found.
 *
 * @param pid its number, as the machine or container that it runs in counts
 * @param space which machine or container that is, by the kernel's boot id and the namespace of its process numbers; empty if the system
 * does not tell
 * @param folder of the member's data, as its process sees it
 */
public record ProcessPlace(long pid, String space, String folder) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    /** Of a member in the process that asks. */
    public static ProcessPlace ofThisProcess(Path folder) {
        return new ProcessPlace(
                ProcessHandle.current().pid(),
                thisSpace(),
                folder.toAbsolutePath().toString());
    }

    /** Whether the process that asks knows this one by the same number. */
    public boolean isHere() {
        return !space.isEmpty() && space.equals(thisSpace());
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeLong(pid);
        out.writeUTF(space);
        out.writeUTF(folder);
    }

    static ProcessPlace readFrom(DataInputStream in) throws IOException {
        return new ProcessPlace(in.readLong(), in.readUTF(), in.readUTF());
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
