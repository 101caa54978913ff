package io.quorumark.campaign.host;

import io.quorumark.campaign.support.UsageError;
import io.quorumark.engine.EngineProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;

/** Whether JVMs whose temporary folder lies in a data folder can load the native libraries that engines unpack there. */
public final class LibraryFolder {
    private LibraryFolder() {}

    /**
     * Looks, without writing or loading anything.
     *
     * @param data existing, or to be made below one that exists
     * @throws UsageError nothing may be executed there, and one of the engines would load a library from it
     */
    public static void check(Path data, Collection<EngineProvider> engines) throws IOException {
        check(data, Filesystem.above(data).mountOptions(), engines);
    }

    /** @param mountOptions of the file system that holds the folder */
    static void check(Path data, String mountOptions, Collection<EngineProvider> engines) {
        if (!Arrays.asList(mountOptions.split(",")).contains("noexec")) {
            return;
        }
        for (EngineProvider engine : engines) {
            if (engine.unpacksLibrary()) {
                throw new UsageError(
                        "the data folder '" + data + "' is mounted noexec, and engine '" + engine.id()
                                + "' loads its native library from there; choose with --data a folder from where programs may run");
            }
        }
    }
}
