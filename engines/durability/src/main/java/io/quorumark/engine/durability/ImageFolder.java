package io.quorumark.engine.durability;

import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where images are made and opened: in memory if the system has a file system for that. What an engine finds there is the same, and
 * hundreds of openings do not wait for the device's syncs.
 */
record ImageFolder(Path path) implements AutoCloseable {
    private static final Path IN_MEMORY = Path.of("/dev/shm");
    private static final long LEAST_BYTES = 512L << 20;

    /** @param folder where they are made otherwise */
    static ImageFolder near(Path folder) throws IOException {
        return new ImageFolder(
                Files.createTempDirectory(hasRoom() ? IN_MEMORY.toRealPath() : folder, "quorumark-image-"));
    }

    private static boolean hasRoom() throws IOException {
        if (!Files.isDirectory(IN_MEMORY) || !Files.isWritable(IN_MEMORY)) {
            return false;
        }
        FileStore store = Files.getFileStore(IN_MEMORY);
        return store.type().equals("tmpfs") && store.getUsableSpace() >= LEAST_BYTES;
    }

    @Override
    public void close() throws IOException {
        Folders.delete(path);
    }
}
