package io.quorumark.campaign;

import io.quorumark.campaign.support.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
                    purpose + " folder '" + folder + "' cannot be written ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "); choose another one or correct its permissions",
                    e);
        }
    }

    /** Removes a folder and all in it; does nothing if it is absent. */
    public static void remove(Path folder) throws IOException {
        io.quorumark.engine.support.Folders.delete(folder);
    }
}
