package io.quorumark.engine.support;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the device under a folder is nearly full, for {@link io.quorumark.engine.KVEngine#health()}. */
public final class DiskRoom {
    private DiskRoom() {}

    /**
     * What is wrong with the room left, in one sentence.
     *
     * @param percentWanted how much of the device should be free
     */
    public static Optional<String> findingOf(Path directory, int percentWanted) {
        try {
            FileStore device = Files.getFileStore(directory);
            long total = device.getTotalSpace();
            long free = device.getUsableSpace();
            if (total > 0 && free < total / 100 * percentWanted) {
                return Optional.of("the device has " + (free >> 20) + " MiB of " + (total >> 20)
                        + " MiB left, less than " + percentWanted + " %: make room before commits are refused");
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "the device cannot be asked for its free space (" + e + "); check that the folder is there");
        }
    }
}
