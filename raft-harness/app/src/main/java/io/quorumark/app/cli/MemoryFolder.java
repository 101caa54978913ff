package io.quorumark.app.cli;

import io.quorumark.campaign.host.Filesystem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** A folder of a group's members that no device stands behind. */
final class MemoryFolder {
    private MemoryFolder() {}

    /** @param folder that may be absent yet */
    static void warnOf(Path folder, PrintWriter err) throws IOException {
        Filesystem filesystem = Filesystem.above(folder);
        if (filesystem.isInMemory()) {
            err.printf(
                    "warning: '%s' is on %s, which is memory: nothing there survives a power cut, whatever the durability says; choose"
                            + " a folder on a device%n",
                    folder, filesystem.type());
            err.flush();
        }
    }
}
