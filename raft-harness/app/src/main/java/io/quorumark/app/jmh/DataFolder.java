package io.quorumark.app.jmh;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A benchmark's own folder, removed when it is done. */
final class DataFolder implements AutoCloseable {
    private static final String PARENT_PROPERTY = "quorumark.jmh.data";

    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    static DataFolder create() throws IOException {
        Path parent = Path.of(System.getProperty(PARENT_PROPERTY, "."));
        Files.createDirectories(parent);
        return new DataFolder(Files.createTempDirectory(parent, "jmh-data-").toAbsolutePath());
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
