package io.quorumark.campaign.host;

import io.quorumark.campaign.support.UsageError;
import io.quorumark.engine.EngineProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

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

    /**
     * What keeps this process from loading an engine's library in its own temporary folder, and what to do; empty if nothing does. Trials
     * have a temporary folder of their own, in the data folder.
     */
    public static Optional<String> problemHere(EngineProvider engine) throws IOException {
        String temporary = System.getProperty("java.io.tmpdir");
        return engine.unpacksLibrary()
                        && isNoexec(Filesystem.above(Path.of(temporary)).mountOptions())
                ? Optional.of("its native library is unpacked into '" + temporary
                        + "' (java.io.tmpdir), from where nothing may be executed (mounted noexec); name another folder with"
                        + " -Djava.io.tmpdir, or --data for a campaign")
                : Optional.empty();
    }

    /**
     * Looks, without writing or loading anything, before this process opens engines itself.
     *
     * @throws UsageError {@link #problemHere} has one of an engine
     */
    public static void checkHere(Collection<EngineProvider> engines) throws IOException {
        for (EngineProvider engine : engines) {
            Optional<String> problem = problemHere(engine);
            if (problem.isPresent()) {
                throw new UsageError("engine '" + engine.id() + "' cannot run: " + problem.get());
            }
        }
    }

    private static boolean isNoexec(String mountOptions) {
        return Arrays.asList(mountOptions.split(",")).contains("noexec");
    }

    /** @param mountOptions of the file system that holds the folder */
    static void check(Path data, String mountOptions, Collection<EngineProvider> engines) {
        if (!isNoexec(mountOptions)) {
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
