package io.quorumark.campaign;

import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Folders that a campaign makes and removes. */
public final class Folders {
    private Folders() {}

    /**
     * Makes a folder, parents included.
     *
     * @throws UsageError it is a file, or cannot be written
     */
    public static Path writable(Path folder, String purpose) {
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, ".writable-", "");
            Files.delete(probe);
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UsageError(
                    purpose + " folder '" + folder + "' cannot be written (" + AtomicFiles.reason(e)
                            + "); choose another one or correct its permissions",
                    e);
        }
    }

    /**
     * A folder that is to be made, or the nearest one above it, which lies on the same device.
     *
     * @throws UsageError it would lie in a file
     */
    public static Path nearestThatExists(Path folder, String purpose) {
        Path nearest = folder.toAbsolutePath().normalize();
        while (!Files.exists(nearest)) {
            nearest = Objects.requireNonNull(nearest.getParent(), "the root of every path exists");
        }
        if (!Files.isDirectory(nearest)) {
            throw new UsageError(purpose + " folder '" + folder + "' cannot be made: '" + nearest
                    + "' is no folder; choose another one");
        }
        return nearest;
    }

    /** Removes a folder and all in it; does nothing if it is absent. */
    public static void remove(Path folder) throws IOException {
        io.quorumark.engine.support.Folders.delete(folder);
    }
}
