package io.quorumark.jmh;

import io.quorumark.campaign.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A benchmark's own folder, removed when it is done. */
public final class DataFolder implements AutoCloseable {
    private static final String PARENT_PROPERTY = "quorumark.jmh.data";

    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /** A new folder in the working folder, or in the one that {@code -Dquorumark.jmh.data} names. */
    public static DataFolder create() throws IOException {
        Path parent = Path.of(System.getProperty(PARENT_PROPERTY, "."));
        Files.createDirectories(parent);
        return new DataFolder(Files.createTempDirectory(parent, "jmh-data-").toAbsolutePath());
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Folders.remove(path);
    }
}
